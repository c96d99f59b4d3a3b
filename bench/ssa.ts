import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyConfig } from '../src/core/config/config.js';
import { createCrossbow } from '../src/core/createCrossbow.js';
import type { Ports, RunOptions } from '../src/core/ports.js';
import { captureCompile, type Capture, type CaptureQuestion } from '../src/core/ssa/compile/capture.js';
import { replayWords } from '../src/core/ssa/compile/compileCommand.js';
import { recorderFor } from '../src/core/ssa/compile/recorder.js';
import { readFlowGraph, type FlowGraph } from '../src/core/ssa/flow/flowGraph.js';
import { findFlowFacts, layoutFlow } from '../src/core/ssa/flow/layoutFlow.js';
import type { SsaDump } from '../src/core/ssa/model.js';
import { createSsaTextParser } from '../src/core/ssa/parseSsaText.js';
import { createPorts } from '../src/node/ports.js';
import { median, milliseconds, timed, type Benchmark, type Figure } from './measure.js';
import { readPage } from './ssaPage.js';

/** CROSSBOW_BENCH=short: as few rounds as tell anything; =long: the largest function there is, too, a minute's compile. */
const length = process.env['CROSSBOW_BENCH'];
/** A plain GOSSAFUNC build compiles everything again, each time: few rounds. */
const plainRounds = length === 'short' ? 1 : 2;
const rounds = length === 'short' ? 3 : 5;
const options = { config: emptyConfig, trusted: true } as const;

interface Program {
  readonly name: string;
  readonly source: string;
  /** Dumped first, and after it. */
  readonly functions: readonly [first: string, second: string];
}

const programs: readonly Program[] = [
  {
    name: 'cgo hello',
    functions: ['main', 'greet'],
    source: `package main

// #include <stdlib.h>
// static int twice(int x) { return 2 * x; }
import "C"

import "fmt"

//go:noinline
func greet(x int) string { return fmt.Sprint("hello ", C.twice(C.int(x))) }

func main() { fmt.Println(greet(21)) }
`,
  },
  {
    name: 'net/http',
    functions: ['handler', 'main'],
    source: `package main

import (
	"encoding/json"
	"net/http"
)

type answer struct{ Path string }

func handler(w http.ResponseWriter, r *http.Request) {
	if err := json.NewEncoder(w).Encode(&answer{r.URL.Path}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func main() {
	http.HandleFunc("/", handler)
	if err := http.ListenAndServe("127.0.0.1:8080", nil); err != nil {
		panic(err)
	}
}
`,
  },
];

export const ssa: Benchmark = {
  name: 'ssa',
  about:
    'a function to its model against GOSSAFUNC=… go build; parsers, model and control flow of a large function',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'crossbow-ssa-bench-'));
    try {
      const ports = createPorts();
      const figures: Figure[] = [];
      for (const program of programs)
        figures.push(...(await dumps(ports, join(folder, program.functions[0]), program)));
      figures.push(...(await largeFunction(ports, join(folder, 'large'), 'go/types', '(*Checker).builtin')));
      if (length === 'long') {
        const largest = ['cmd/compile/internal/ssa', 'rewriteValueAMD64'] as const;
        figures.push(...(await largeFunction(ports, join(folder, 'largest'), ...largest)));
      }
      return figures;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function dumps(
  ports: Ports,
  folder: string,
  { name, source, functions }: Program,
): Promise<readonly Figure[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), 'module example.com/program\n\ngo 1.21\n');
  await writeFile(join(folder, 'main.go'), source);
  const question = questionFor(ports, folder, '.');
  // Dependencies come from the cache for both.
  await run(ports, ['go', 'build', '-o', join(folder, 'program'), '.'], question);

  const times: Record<'plain' | 'first' | 'further' | 'compile', number[]> = {
    plain: [],
    first: [],
    further: [],
    compile: [],
  };
  for (let round = 0; round < plainRounds; round++) {
    // A new folder for the page is a new action for every package: the build cache knows none of this function.
    const GOSSADIR = join(folder, `pages${round}`);
    const env = { ...question.env, GOSSAFUNC: functions[0], GOSSADIR };
    times.plain.push(
      await timed(() =>
        run(ports, ['go', 'build', '-o', join(folder, 'program'), '.'], { ...question, env }),
      ),
    );
  }
  const capture = await captureOf(ports, question, folder);
  const target = { goos: ports.host.platform, goarch: ports.host.goarch };
  for (let round = 0; round < rounds; round++) {
    const crossbow = createCrossbow(ports, { cacheFolder: join(folder, `cache${round}`) });
    // Ports and C compilers are the machine's, not the package's: the editor has looked for them since it opened.
    await crossbow.catalogue();
    await crossbow.toolchains(target, options);
    const dump = async (wanted: string): Promise<void> => {
      const result = await crossbow.ssa(
        { target, directory: folder, moduleDirectory: folder, name: wanted },
        options,
      );
      if (result.kind !== 'dumped') throw new Error(JSON.stringify(result));
    };
    times.first.push(await timed(() => dump(functions[0])));
    times.further.push(await timed(() => dump(functions[1])));
    times.compile.push(await timed(() => compile(ports, capture, question, functions[1])));
  }
  const [plain, first, further, alone] = [times.plain, times.first, times.further, times.compile].map(
    median,
  ) as [number, number, number, number];
  const allowed = 1.25 * alone + 150;
  return [
    { what: `${name}: GOSSAFUNC=${functions[0]} go build`, value: milliseconds(plain) },
    { what: `${name}: first function, ${milliseconds(first)}`, ...atLeast(plain / first, 25) },
    { what: `${name}: every further one, ${milliseconds(further)}`, ...atLeast(plain / further, 100) },
    {
      what: `${name}: the compile alone takes ${milliseconds(alone)}; further one`,
      value: milliseconds(further),
      goal: { says: `≤ ${milliseconds(allowed)}`, met: further <= allowed },
    },
  ];
}

/** A function whose page is some 80 MB, or more. */
async function largeFunction(
  ports: Ports,
  folder: string,
  importPath: string,
  name: string,
): Promise<readonly Figure[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), 'module example.com/large\n\ngo 1.21\n');
  const question = questionFor(ports, folder, importPath);
  const capture = await captureOf(ports, question, folder);
  const pieces: string[] = [];
  await compile(ports, capture, question, name, folder, (text) => void pieces.push(text));
  const pagePath = join(folder, 'ssa.html');
  const { size } = await stat(pagePath);
  const characters = pieces.reduce((sum, it) => sum + it.length, 0);

  let dump: SsaDump | undefined;
  const texts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    texts.push(
      await timed(() => {
        const parser = createSsaTextParser();
        for (const piece of pieces) parser.feed(piece);
        dump = parser.end().dumps[0];
        return Promise.resolve();
      }),
    );
  }
  if (dump === undefined) throw new Error('The compiler dumped nothing.');
  const page = await readPage(pagePath);
  const model = JSON.stringify(dump).length;
  const graph = blocksNear(dump, 800);
  const layouts: number[] = [];
  for (let round = 0; round < rounds * 2; round++)
    layouts.push(await timed(() => Promise.resolve(draw(graph))));
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const layout = median(layouts);
  return [
    {
      what: `${name}: text of ${megabytes(characters)} to model, ${milliseconds(median(texts))}`,
      value: `${(characters / 1e3 / median(texts)).toFixed(0)} MB/s`,
    },
    {
      what: `page of ${megabytes(size)} to model, ${milliseconds(page.ms)}`,
      value: `${(size / 1e3 / page.ms).toFixed(0)} MB/s`,
    },
    {
      what: 'memory of the process that reads the page, at most',
      value: megabytes(page.peakBytes),
      goal: { says: '≤ 250 MB', met: page.peakBytes <= 250e6 },
    },
    {
      what: `model of ${megabytes(model)}, of the page's bytes`,
      value: `1/${(size / model).toFixed(1)}`,
      goal: { says: '≤ 1/15', met: size >= 15 * model },
    },
    {
      what: `control flow of ${graph.ids.length} blocks laid out`,
      value: milliseconds(layout),
      goal: { says: '≤ 100 ms', met: layout <= 100 },
    },
  ];
}

function atLeast(ratio: number, wanted: number): Pick<Figure, 'value' | 'goal'> {
  return { value: `${ratio.toFixed(0)} ×`, goal: { says: `≥ ${wanted} ×`, met: ratio >= wanted } };
}

function draw(graph: FlowGraph): unknown {
  const sizes = graph.ids.map((_, block) => ({ width: 120, height: 40 + (block % 7) * 18 }));
  return layoutFlow(graph, findFlowFacts(graph), sizes);
}

/** The pass whose number of blocks is nearest. */
function blocksNear(dump: SsaDump, count: number): FlowGraph {
  const [nearest] = dump.passes
    .map((_, pass) => readFlowGraph(dump, pass))
    .sort((a, b) => Math.abs(a.ids.length - count) - Math.abs(b.ids.length - count));
  return nearest!;
}

function questionFor(ports: Ports, cwd: string, pattern: string): CaptureQuestion {
  return { go: 'go', cwd, pattern, flags: [], env: { ...ports.host.env, LC_ALL: 'C' }, test: false };
}

async function captureOf(ports: Ports, question: CaptureQuestion, folder: string): Promise<Capture> {
  const recorder = recorderFor(ports.host, process.execPath);
  if (recorder === undefined) throw new Error('There is no recorder here.');
  const result = await captureCompile(ports, recorder, question, join(folder, 'capture'));
  if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
  return result.captures[0]!;
}

/** The compile that a dump can't do without: the captured command, with the compiler's own dump of the function. */
async function compile(
  ports: Ports,
  { command, env }: Capture,
  question: CaptureQuestion,
  name: string,
  cwd = question.cwd,
  onStdout: (text: string) => void = () => undefined,
): Promise<void> {
  const words = replayWords(command, { flags: [], files: command.files, output: join(cwd, 'package.a') });
  const variables = {
    ...question.env,
    ...env,
    GOSSAFUNC: `${command.packagePath}.${name}+`,
    GOSSADIR: '',
    PWD: cwd,
  };
  await run(ports, words, { cwd, env: variables, onStdout });
}

async function run(
  ports: Ports,
  [program = '', ...args]: readonly string[],
  { cwd, env, onStdout }: RunOptions,
): Promise<void> {
  const { outcome, stderr } = await ports.runner.run(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...(onStdout === undefined ? {} : { onStdout }),
  });
  if (outcome.kind !== 'exited' || outcome.code !== 0)
    throw new Error(`${program} ${args.join(' ')}\n${stderr}`);
}
