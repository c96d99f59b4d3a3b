import { recordField as record, textField as text, textsField } from './jsonFields.js';
import { parseJsonObjects } from './jsonStream.js';

/** A package as `go list -json` tells of it (cmd/go/internal/load.PackagePublic); only what is asked for is there. */
export interface ListedPackage {
  readonly importPath: string;
  readonly name: string;
  readonly directory: string;
  readonly standard: boolean;
  readonly cgoFiles: readonly string[];
  readonly module?: ListedModule;
  readonly error?: { readonly message: string; readonly position?: string };
}

interface ListedModule {
  readonly path: string;
  readonly directory?: string;
  /** A module of the workspace itself, not a dependency. */
  readonly main: boolean;
  /** Comes from the module cache, whose files never change. */
  readonly immutable: boolean;
}

/** For `-json=`: the fields that {@link parsePackageList} reads. */
export const listedFields = 'ImportPath,Name,Dir,Standard,CgoFiles,Module,Error';

export function parsePackageList(stdout: string): readonly ListedPackage[] {
  return parseJsonObjects(stdout).map((it) => {
    const module = record(it['Module']);
    const error = record(it['Error']);
    const position = text(error?.['Pos']);
    return {
      importPath: text(it['ImportPath']) ?? '',
      name: text(it['Name']) ?? '',
      directory: text(it['Dir']) ?? '',
      standard: it['Standard'] === true,
      cgoFiles: textsField(it['CgoFiles']),
      ...(module === undefined ? {} : { module: readModule(module) }),
      ...(error === undefined
        ? {}
        : { error: { message: text(error['Err']) ?? '', ...(position ? { position } : {}) } }),
    };
  });
}

function readModule(module: Readonly<Record<string, unknown>>): ListedModule {
  const replace = record(module['Replace']);
  const directory = text(module['Dir']);
  const main = module['Main'] === true;
  // A replacement by a folder has no version (go help mod edit).
  const version = replace === undefined ? text(module['Version']) : text(replace['Version']);
  return {
    path: text(module['Path']) ?? '',
    ...(directory === undefined ? {} : { directory }),
    main,
    immutable: !main && version !== undefined,
  };
}
