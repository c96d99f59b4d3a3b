import type { Ports } from '../ports.js';

/** Every program name on PATH, listed once so that all targets search names in memory. */
export interface ProgramIndex {
  readonly names: readonly string[];
  /** Absolute path of the program that PATH gives for the name: the first that is a file and may be executed. */
  program(name: string): Promise<string | undefined>;
  /** What stands at the name when it is no program: a folder, or a file without permission to execute. */
  defect(name: string): Promise<string>;
}

/** Lists PATH's folders. Folders that can't be read count as empty, as for every shell. */
export async function readProgramIndex({
  files,
  host,
}: Pick<Ports, 'files' | 'host'>): Promise<ProgramIndex> {
  const folders = [...new Set(host.searchPath)];
  const listed = await Promise.all(folders.map((folder) => files.list(folder).catch(() => [])));
  const paths = new Map<string, string[]>();
  folders.forEach((folder, index) => {
    for (const file of listed[index] ?? []) {
      const name = host.platform === 'win32' ? windowsName(file) : file;
      if (name === undefined) continue;
      const known = paths.get(name);
      if (known) known.push(host.join(folder, file));
      else paths.set(name, [host.join(folder, file)]);
    }
  });

  const answers = new Map<string, Promise<string | undefined>>();
  const look = async (name: string): Promise<string | undefined> => {
    for (const path of paths.get(name) ?? []) {
      const stat = await files.stat(path).catch(() => undefined);
      if (stat?.kind === 'file' && stat.executable) return path;
    }
    return undefined;
  };
  return {
    names: [...paths.keys()],
    program: (name) => {
      const answer = answers.get(name) ?? look(name);
      answers.set(name, answer);
      return answer;
    },
    defect: async (name) => {
      const first = paths.get(name)?.[0];
      return first === undefined ? `${name} is not on PATH` : programDefect(files, first);
    },
  };
}

/** Why the path is no program. */
export async function programDefect(files: Ports['files'], path: string): Promise<string> {
  const stat = await files.stat(path).catch(() => undefined);
  if (stat === undefined) return `${path} does not exist`;
  if (stat.kind === 'directory') return `${path} is a directory, not a program`;
  return stat.executable ? `${path} is no program` : `${path} is not executable`;
}

function windowsName(file: string): string | undefined {
  return /^(.*)\.(?:exe|bat|cmd)$/i.exec(file)?.[1]?.toLowerCase();
}
