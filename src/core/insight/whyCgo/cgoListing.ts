import { recordField, textField, textsField } from '../../build/jsonFields.js';
import { parseJsonObjects } from '../../build/jsonStream.js';

/** A package of a program, with all that tells about its C side (cmd/go/internal/load.PackagePublic). */
export interface CgoListed {
  readonly importPath: string;
  readonly name: string;
  readonly directory: string;
  readonly standard: boolean;
  /** One that was asked for, not one that another brings in. */
  readonly isRoot: boolean;
  readonly module?: {
    readonly path: string;
    readonly main: boolean;
    readonly directory?: string;
    /** It lies in the module cache, whose files never change. */
    readonly cached: boolean;
  };
  readonly goFiles: readonly string[];
  readonly cgoFiles: readonly string[];
  /** Go files that this target with cgo on leaves out: those for `!cgo` among them. */
  readonly ignoredGoFiles: readonly string[];
  /** Files for other compilers, by language; only languages that have some. */
  readonly foreign: readonly ForeignFiles[];
  /** From the `#cgo` lines that hold for the target, as go evaluated them. */
  readonly linkFlags: readonly string[];
  readonly pkgConfig: readonly string[];
  readonly imports: readonly string[];
  /** What an import in the source means, where that differs: vendored packages of the standard library. */
  readonly importMap: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

export interface ForeignFiles {
  readonly language: 'C' | 'C++' | 'Objective-C' | 'Fortran' | 'assembly' | 'SWIG' | 'ready-made object';
  readonly files: readonly string[];
}

const foreignFields = [
  ['C', 'CFiles'],
  ['C++', 'CXXFiles'],
  ['Objective-C', 'MFiles'],
  ['Fortran', 'FFiles'],
  ['assembly', 'SFiles'],
  ['SWIG', 'SwigFiles'],
  ['SWIG', 'SwigCXXFiles'],
  ['ready-made object', 'SysoFiles'],
] as const;

/** For `-json=`: the fields that {@link parseCgoListing} reads. */
export const cgoListingFields = [
  'ImportPath,Name,Dir,Standard,DepOnly,Module,GoFiles,CgoFiles,IgnoredGoFiles',
  ...foreignFields.map(([, field]) => field),
  'CgoLDFLAGS,CgoPkgConfig,Imports,ImportMap,Error',
].join(',');

export function parseCgoListing(stdout: string): ReadonlyMap<string, CgoListed> {
  return new Map(
    parseJsonObjects(stdout).map((json) => [textField(json['ImportPath']) ?? '', readPackage(json)]),
  );
}

/** Whether cgo has a part in it. SWIG's files are turned into cgo ones when they are built. */
export function usesCgo({ cgoFiles, foreign }: CgoListed): boolean {
  return cgoFiles.length > 0 || foreign.some((it) => it.language === 'SWIG');
}

function readPackage(json: Readonly<Record<string, unknown>>): CgoListed {
  const module = recordField(json['Module']);
  const error = textField(recordField(json['Error'])?.['Err']);
  return {
    importPath: textField(json['ImportPath']) ?? '',
    name: textField(json['Name']) ?? '',
    directory: textField(json['Dir']) ?? '',
    standard: json['Standard'] === true,
    isRoot: json['DepOnly'] !== true,
    ...(module === undefined ? {} : { module: readModule(module) }),
    goFiles: textsField(json['GoFiles']),
    cgoFiles: textsField(json['CgoFiles']),
    ignoredGoFiles: textsField(json['IgnoredGoFiles']),
    foreign: foreignFields.flatMap(([language, field]) => {
      const files = textsField(json[field]);
      return files.length === 0 ? [] : [{ language, files }];
    }),
    linkFlags: textsField(json['CgoLDFLAGS']),
    pkgConfig: textsField(json['CgoPkgConfig']),
    imports: textsField(json['Imports']),
    importMap: recordField(json['ImportMap']) ?? {},
    ...(error === undefined ? {} : { error }),
  };
}

function readModule(module: Readonly<Record<string, unknown>>): NonNullable<CgoListed['module']> {
  const main = module['Main'] === true;
  const source = recordField(module['Replace']) ?? module;
  const directory = textField(source['Dir']) ?? textField(module['Dir']);
  // `…/yaml.v3@v3.0.1`. A replacement by a folder and vendored packages lie elsewhere, and may change.
  const cached = !main && directory !== undefined && /@v[^/\\]*$/.test(directory);
  const path = textField(module['Path']) ?? '';
  return { path, main, cached, ...(directory === undefined ? {} : { directory }) };
}
