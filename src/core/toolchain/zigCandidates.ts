import type { CommandRunner } from '../ports.js';
import { platformOf } from '../target/platforms.js';
import type { Candidate } from './candidate.js';
import type { Search } from './findCandidates.js';
import type { ProgramIndex } from './programIndex.js';

/** A zig that answered. */
export interface Zig {
  /** `zig`, or `python3 -m ziglang`. */
  readonly words: readonly string[];
  readonly version: string;
}

/** zig, which carries the C libraries of all its targets. musl first: its programs are static and need nothing. */
export function zigCandidates({ zig, target }: Search): Candidate[] {
  const platform = platformOf(target);
  if (zig === undefined || platform === undefined) return [];
  const targets = [...platform.zigTargets].sort(
    (a, b) => Number(!a.includes('musl')) - Number(!b.includes('musl')),
  );
  return targets.map((name) => {
    const flags = ['-target', name, ...platform.zigFlags];
    const command = (tool: string): string => [...zig.words, tool, ...flags].join(' ');
    const musl = name.includes('musl');
    return {
      identity: zig.version,
      toolchain: {
        kind: 'zig' as const,
        cc: command('cc'),
        cxx: command('c++'),
        ar: [...zig.words, 'ar'].join(' '),
        // zig has no libraries but the C library's: pkg-config must not answer with the host's.
        env: { PKG_CONFIG_LIBDIR: '/usr/' + name + '/lib/pkgconfig' },
        // zig's musl is static, against which Go's own linker can't link packages such as net.
        ...(musl ? { ldflags: '-linkmode=external' } : {}),
      },
    };
  });
}

/** The words that start zig here: `zig`, or Python's package ziglang. */
export async function findZig(index: ProgramIndex, runner: CommandRunner): Promise<Zig | undefined> {
  const starts = [
    { name: 'zig', words: [] },
    { name: 'python3', words: ['-m', 'ziglang'] },
    { name: 'python', words: ['-m', 'ziglang'] },
  ];
  for (const { name, words } of starts) {
    const program = await index.program(name);
    if (program === undefined) continue;
    const result = await runner.run(program, [...words, 'version'], { timeoutMs: 10_000, maxOutput: 1000 });
    const version = /^\d+\.\S+/.exec(result.stdout)?.[0];
    if (result.outcome.kind === 'exited' && result.outcome.code === 0 && version !== undefined) {
      return { words: [name, ...words], version };
    }
  }
  return undefined;
}
