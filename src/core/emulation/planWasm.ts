import type { Ports } from '../ports.js';
import type { EmulationPlan, EmulationRequest } from './emulation.js';
import { findProgram } from './findProgram.js';

/** WebAssembly: Node for js, with the glue from GOROOT; wasmtime, Go's default, for wasip1. */
export function planWasm(ports: Ports, request: EmulationRequest): Promise<EmulationPlan> {
  return request.target.goos === 'wasip1' ? planWasmtime(ports, request) : planNode(ports, request);
}

async function planNode(ports: Ports, { path, args = [], goPath }: EmulationRequest): Promise<EmulationPlan> {
  const { host, runner, files } = ports;
  const node = await findProgram(ports, ['node', 'nodejs']);
  if (node === undefined) {
    return { kind: 'missing', message: 'Running js/wasm here takes Node.js.', packages: ['nodejs'] };
  }
  const { stdout } = await runner.run(goPath ?? 'go', ['env', 'GOROOT'], { timeoutMs: 30_000 });
  const goroot = stdout.trim();
  // lib/wasm from Go 1.24 on, misc/wasm before.
  for (const folder of ['lib', 'misc']) {
    const glue = host.join(goroot, folder, 'wasm', 'wasm_exec_node.js');
    if (goroot !== '' && (await files.stat(glue).catch(() => undefined))?.kind === 'file') {
      // The stack size is that of Go's go_js_wasm_exec, which is a shell script and so no help on Windows.
      const program = ['--stack-size=8192', glue, path, ...args];
      return {
        kind: 'run',
        program: node,
        args: program,
        env: {},
        description: 'Node.js with wasm_exec_node.js',
      };
    }
  }
  const where =
    goroot === '' ? 'go env GOROOT gave no answer' : `${goroot} has neither lib/wasm nor misc/wasm`;
  return {
    kind: 'missing',
    message: `Running js/wasm takes wasm_exec_node.js of Go's own files, but ${where}. Some distributions put them in a package of their own (golang-misc on Fedora).`,
    packages: [],
  };
}

async function planWasmtime(ports: Ports, { path, args = [] }: EmulationRequest): Promise<EmulationPlan> {
  const wasmtime = await findProgram(ports, ['wasmtime']);
  if (wasmtime === undefined) {
    return {
      kind: 'missing',
      message: 'Running wasip1/wasm here takes wasmtime, which https://wasmtime.dev explains how to install.',
      packages: [],
    };
  }
  return {
    kind: 'run',
    program: wasmtime,
    // As Go's go_wasip1_wasm_exec: the stack of Go's programs is deeper than wasmtime's default.
    args: ['run', '--dir=/', '-W', 'max-wasm-stack=8388608', path, ...args],
    env: {},
    description: 'wasmtime',
  };
}
