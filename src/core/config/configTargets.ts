import type { Catalogue } from '../target/catalogue.js';
import { judgeTarget } from './targetKey.js';
import { entriesAt, type Reader, type Span } from './readNode.js';
import type { ToolchainFile } from './schema.js';

/** Pinned targets as written, illegal ones and those that repeat an earlier one reported; the illegal left out. */
export function readPinned(
  reader: Reader,
  pinned: readonly string[],
  catalogue: Catalogue | undefined,
): readonly string[] {
  const seen = new Map<string, string>();
  const kept: string[] = [];
  const entries = entriesAt(reader, ['pinned']);
  for (const spelling of pinned) {
    const span = entries.find(({ value }) => value === spelling)?.valueSpan ?? nowhere;
    const judged = judgeTarget(spelling, catalogue);
    if (judged.kind === 'refused') {
      reader.problem(span, judged.message, 'error');
      continue;
    }
    // A device and its target are two rows of the tree; two spellings of one of them are not.
    const key = judged.device ?? judged.id;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const last = entries.findLast(({ value }) => value === spelling)?.valueSpan ?? span;
      reader.problem(
        last,
        `\`${spelling}\` is pinned already${earlier === spelling ? '' : `, as \`${earlier}\``}`,
        'warning',
      );
      continue;
    }
    seen.set(key, spelling);
    kept.push(spelling);
  }
  return kept;
}

/** Toolchains with their keys made canonical. Of one target written twice the first holds. */
export function readToolchains(
  reader: Reader,
  toolchains: Readonly<Record<string, ToolchainFile>>,
  catalogue: Catalogue | undefined,
): Readonly<Record<string, ToolchainFile>> {
  const found = new Map<string, { spelling: string; toolchain: ToolchainFile }>();
  const entries = entriesAt(reader, ['toolchains']);
  for (const { key: spelling, keySpan } of entries) {
    const judged = judgeTarget(spelling, catalogue);
    if (judged.kind === 'refused') {
      reader.problem(keySpan, judged.message, 'error');
      continue;
    }
    const toolchain = Object.hasOwn(toolchains, spelling) ? toolchains[spelling] : undefined;
    if (toolchain === undefined) continue;
    const earlier = found.get(judged.id);
    if (earlier !== undefined) {
      reader.problem(
        keySpan,
        `\`${spelling}\` is the same target as \`${earlier.spelling}\` above, which holds`,
        'error',
      );
      continue;
    }
    found.set(judged.id, { spelling, toolchain: checkCommands(reader, spelling, toolchain) });
  }
  return Object.fromEntries([...found].map(([id, { toolchain }]) => [id, toolchain]));
}

const commandKeys = ['cc', 'cxx', 'fc', 'ar'] as const;

/** Without the commands that go would refuse. */
function checkCommands(reader: Reader, target: string, toolchain: ToolchainFile): ToolchainFile {
  const kept: ToolchainFile = { ...toolchain };
  const entries = entriesAt(reader, ['toolchains', target]);
  for (const key of commandKeys) {
    const value = toolchain[key];
    const program = value === undefined ? undefined : firstWord(value);
    if (program === undefined || !isRelativePath(program)) continue;
    const span = entries.find((entry) => entry.key === key)?.valueSpan ?? nowhere;
    // cmd/go, envList: "CC environment variable is relative; must be absolute path".
    const rule = 'go wants a name on PATH or an absolute path';
    reader.problem(span, `\`${key}\` is a relative path (\`${program}\`); ${rule}`, 'error');
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of four known optional keys
    delete kept[key];
  }
  return kept;
}

/** The program of a command as go splits it: words at white space, quoted whole where a word holds a space. */
function firstWord(command: string): string {
  const [, single, double, bare] = /^\s*(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(command) ?? [];
  return single ?? double ?? bare ?? '';
}

function isRelativePath(program: string): boolean {
  if (!/[\\/]/.test(program)) return false;
  return !/^(?:[\\/]|[A-Za-z]:[\\/])/.test(program);
}

const nowhere: Span = { start: 0, end: 0 };
