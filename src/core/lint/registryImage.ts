import {
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { addPair } from '../config/spliceYaml.js';
import type { FileLint, LintFinding, Splice, SourceText } from './lint.js';
import { changedPart } from '../text/changedPart.js';
import type { Target } from '../target/target.js';

/** Longer files are data, no pipelines. */
const longest = 2 * 1024 * 1024;

/**
 * Images that Concourse's registry-image resource fetches without being told the platform. Its library then takes
 * linux/amd64, newer versions the machine that the resource itself was built for. The field is
 * `platform: {os, architecture}`; there is none for the variant.
 */
export const registryImageLint: FileLint = {
  reads: (name) => /\.ya?ml$/i.test(name),
  run(file, { targets }) {
    // Concourse runs containers on Linux; on its Windows and macOS workers there are no images.
    const concerned = targets.filter((it) => it.goos === 'linux' && it.goarch !== 'amd64');
    if (concerned.length === 0 || file.text.length > longest || !file.text.includes('registry-image'))
      return [];
    return sourcesWithoutPlatform(file).flatMap((source) =>
      concerned.map((target) => toFinding(file, source, target)),
    );
  },
};

interface ImageSource {
  readonly map: YAMLMap;
  /** What the problem points at: the repository, else the map. */
  readonly start: number;
  readonly end: number;
  readonly repository: string | undefined;
}

function sourcesWithoutPlatform(file: SourceText): readonly ImageSource[] {
  const found = new Map<YAMLMap, ImageSource>();
  // Keys that occur twice and templates of other tools are no reason to say nothing of the rest.
  const documents = parseAllDocuments(file.text, {
    merge: true,
    uniqueKeys: false,
    lineCounter: new LineCounter(),
  });
  if (!Array.isArray(documents)) return [];
  for (const document of documents as readonly Document.Parsed[]) {
    visit(document, {
      Map(_, map) {
        if (text(map.get('type', true)) !== 'registry-image') return;
        const source = resolved(map.get('source', true), document);
        if (!isMap(source) || has(source, 'platform', document) || !has(source, 'repository', document))
          return;
        const repository = source.get('repository', true);
        const range = (isScalar(repository) ? repository.range : undefined) ?? source.range;
        if (range === undefined || range === null) return;
        found.set(source, { map: source, start: range[0], end: range[1], repository: text(repository) });
      },
    });
  }
  return [...found.values()];
}

function toFinding(
  file: SourceText,
  { map, start, end, repository }: ImageSource,
  target: Target,
): LintFinding {
  const platform = `{ os: ${target.goos}, architecture: ${target.goarch} }`;
  const splice = addPlatform(file, map, target);
  const image = repository === undefined || repository.includes('((') ? 'this image' : repository;
  return {
    check: 'image-without-platform',
    severity: 'warning',
    at: { file, start, end },
    message: `Without platform, registry-image fetches ${image} for linux/amd64, or for whatever machine the resource was built for, not for the target.`,
    target,
    fixes: splice === undefined ? [] : [{ title: `Add platform: ${platform}`, splices: [splice] }],
  };
}

function addPlatform(file: SourceText, map: YAMLMap, { goos, goarch }: Target): Splice | undefined {
  const after = addPair(file.text, map, ['platform'], { os: goos, architecture: goarch });
  return after === undefined ? undefined : { file, ...changedPart(file.text, after) };
}

/** Whether the map has the key, itself or by what it is merged from (`<<: *common`). */
function has(map: YAMLMap, key: string, document: Document): boolean {
  if (map.has(key)) return true;
  return map.items.some((pair) => {
    if (!isScalar(pair.key) || (pair.key.value !== '<<' && typeof pair.key.value !== 'symbol')) return false;
    const merged = resolved(pair.value, document);
    const all = isMap(merged) ? [merged] : merged !== undefined && 'items' in merged ? merged.items : [];
    return all.some((it) => {
      const one = resolved(it, document);
      return isMap(one) && has(one, key, document);
    });
  });
}

function resolved(node: unknown, document: Document): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || (typeof node === 'object' && node !== null && 'items' in node)
    ? (node as Node)
    : undefined;
}

function text(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}
