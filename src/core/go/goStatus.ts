import type { Ports } from '../ports.js';
import { findGo } from './findGo.js';
import { compareGoVersions } from './goVersion.js';
import { explainFailure, runGo } from './runGo.js';
import type { GoStatus } from './goTool.js';

const installHint = 'Install Go from https://go.dev/dl or your distribution';

/**
 * Looks the go command up: the configured one (a command, or a GOROOT) and no other, else the first on PATH or in
 * the usual places that works. One that does not answer is `broken`, with its own words.
 */
export async function readGoStatus(ports: Ports, configuredPath?: string): Promise<GoStatus> {
  const configured = configuredPath?.trim() ?? '';
  if (configured !== '') return configuredGo(ports, configured);
  const candidates = await findGo(ports.files, ports.host);
  let broken: GoStatus | undefined;
  for (const path of candidates) {
    const status = await askVersion(ports, path);
    if (status.kind === 'found') return status;
    broken ??= status;
  }
  return (
    broken ?? {
      kind: 'missing',
      message: `There is no go command on PATH or in the usual places. ${installHint}, or say in the settings where it is.`,
    }
  );
}

async function configuredGo(ports: Ports, configured: string): Promise<GoStatus> {
  const { files, host } = ports;
  const path = /^~(?=[/\\]|$)/.test(configured)
    ? host.join(host.homeDirectory, configured.slice(1))
    : configured;
  if (!host.isAbsolute(path)) {
    return {
      kind: 'broken',
      path,
      message: `The path of the go command must be absolute, and ${path} is not.`,
    };
  }
  const exe = host.platform === 'win32' ? 'go.exe' : 'go';
  const spellings = [path, `${path}.exe`, host.join(path, 'bin', exe), host.join(path, exe)];
  let there = false;
  for (const spelling of spellings) {
    const stat = await files.stat(spelling).catch(() => undefined);
    there ||= stat !== undefined;
    if (stat?.kind === 'file' && stat.executable) return askVersion(ports, spelling);
  }
  return there
    ? { kind: 'broken', path, message: `${path} is not a go command: it can't be executed.` }
    : { kind: 'missing', message: `There is no go command at ${path}.` };
}

async function askVersion(ports: Ports, path: string): Promise<GoStatus> {
  const result = await runGo(ports, path, ['env', 'GOVERSION']);
  const answer = result.stdout.trim();
  if (result.outcome.kind === 'exited' && result.outcome.code === 0) {
    if (isVersion(answer)) return found(path, answer);
    if (answer === '') return oldGo(ports, path);
  }
  return { kind: 'broken', path, message: `${path} ${explainFailure(result)}` };
}

/** Before Go 1.16 `go env` knew no GOVERSION; `go version` says it in words. */
async function oldGo(ports: Ports, path: string): Promise<GoStatus> {
  const result = await runGo(ports, path, ['version']);
  const version = /\bgo version ((?:devel )?go\d\S*)/.exec(result.stdout)?.[1];
  if (version !== undefined) return found(path, version);
  return { kind: 'broken', path, message: `${path} ${explainFailure(result)}` };
}

function found(path: string, version: string): GoStatus {
  return { kind: 'found', path, version, buildJson: compareGoVersions(version, 'go1.24rc1') >= 0 };
}

function isVersion(text: string): boolean {
  return /^(?:devel )?go\d+(?:\.\d+)*\S*(?: [^\n]*)?$/.test(text);
}
