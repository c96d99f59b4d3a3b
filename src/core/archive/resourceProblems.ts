import { utf8 } from '../artifact/byteView.js';
import { holdsCertificate } from '../recipe/caCertificates.js';
import { linkedPath } from './nameProblem.js';
import type { SeenMember } from './verifyFile.js';

/** Where Go and OpenSSL look for certificates (crypto/x509, root_linux.go). */
const certificatePlaces =
  /^(?:etc\/ssl\/certs\/.+|etc\/ssl\/(?:cert|ca-bundle)\.pem|etc\/pki\/tls\/(?:cacert\.pem|certs\/.+)|etc\/pki\/ca-trust\/extracted\/pem\/.+)$/;

/** The programs that Concourse starts in a resource's root filesystem. */
const resourcePrograms = ['check', 'in', 'out'];

/** What is checked of a root filesystem as a whole. */
export const rootfsProblems = {
  holdsCertificate,
  isCertificatePlace: (path: string): boolean => certificatePlaces.test(path),
  /** Sentences about a root filesystem; none for other archives. */
  of(place: string, seen: readonly SeenMember[]): string[] {
    const members = new Map(seen.map((it) => [it.header.path, it]));
    const resource = seen.some(({ header }) => header.path.startsWith('opt/resource/'));
    // A name that says so, or a folder that only a system has.
    const rootfs = resource || /rootfs[^/]*$/.test(place) || members.has('etc/passwd');
    return [...(rootfs ? loaderProblems(members) : []), ...(resource ? resourceProblems(members) : [])];
  },
};

function resourceProblems(members: ReadonlyMap<string, SeenMember>): string[] {
  const problems: string[] = [];
  for (const name of resourcePrograms) {
    const path = `opt/resource/${name}`;
    const program = resolve(members, path);
    if (program === undefined) problems.push(`${path} is missing: a resource type has check, in and out.`);
    // The mode of a binary is told where the binary is.
    else if (program.facts === undefined && ((program.header.mode ?? 0o111) & 0o111) === 0) {
      problems.push(`${path} may not be executed by anybody.`);
    }
  }
  if (![...members.values()].some((it) => it.certificate === true)) {
    problems.push(
      'It has no CA certificates: the resource could not speak TLS. "ca-certificates: true" adds them.',
    );
  }
  return problems;
}

function loaderProblems(members: ReadonlyMap<string, SeenMember>): string[] {
  const names = new Set([...members.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)));
  const problems: string[] = [];
  for (const { header, facts } of members.values()) {
    if (facts?.format !== 'elf') continue;
    const loader = facts.interpreter?.replace(/^\/+/, '');
    if (loader !== undefined && resolve(members, loader) === undefined) {
      problems.push(`${header.path} needs the loader /${loader}, which is not in this archive.`);
    }
    for (const library of facts.neededLibraries) {
      if (!names.has(library))
        problems.push(`${header.path} needs ${library}, which is not in this archive.`);
    }
  }
  return problems;
}

/** As many links as Linux follows (path_resolution(7)). */
const mostLinks = 40;

/** What is at a path when every link on the way is followed, absolute ones from the archive's root. */
function resolve(members: ReadonlyMap<string, SeenMember>, path: string, links = 0): SeenMember | undefined {
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const name = parts.slice(0, i).join('/');
    const { header } = members.get(name) ?? {};
    if (header?.kind === 'symlink') {
      const to = linkedPath(name, header.target ?? '');
      if (to === undefined || links >= mostLinks) return undefined;
      return resolve(members, [to, ...parts.slice(i)].join('/'), links + 1);
    }
    if (header?.kind === 'hardlink' && i === parts.length) return members.get(header.target ?? '');
  }
  return members.get(path);
}

/** What is wrong with a resource type's resource_metadata.json, as Concourse's worker reads it. */
export function metadataProblems(bytes: Uint8Array): string[] {
  let value: unknown;
  try {
    value = JSON.parse(utf8(bytes));
  } catch (error) {
    return [`It is not JSON: ${error instanceof Error ? error.message : String(error)}`];
  }
  if (typeof value !== 'object' || value === null) return ['It is not a JSON object.'];
  const fields = value as Readonly<Record<string, unknown>>;
  const wanted = {
    type: 'string',
    version: 'string',
    privileged: 'boolean',
    unique_version_history: 'boolean',
  };
  return Object.entries(wanted).flatMap(([key, type]) =>
    typeof fields[key] === type ? [] : [`It lacks ${key}, a ${type}.`],
  );
}
