import { utf8 } from '../artifact/byteView.js';
import { holdsCertificate } from '../recipe/caCertificates.js';
import { neededProblems } from './neededProblems.js';
import { resolveMember } from './resolveMember.js';
import type { SeenMember } from './verifyFile.js';
import { isResourceRootfs, workerProblems } from './workerProblems.js';

/** Where Go and OpenSSL look for certificates (crypto/x509, root_linux.go). */
const certificatePlaces =
  /^(?:etc\/ssl\/certs\/.+|etc\/ssl\/(?:cert|ca-bundle)\.pem|etc\/pki\/tls\/(?:cacert\.pem|certs\/.+)|etc\/pki\/ca-trust\/extracted\/pem\/.+)$/;

/** The programs that Concourse starts in a resource's root filesystem. */
const resourcePrograms = ['check', 'in', 'out'];

/** What is checked of a root filesystem as a whole. */
export const rootfsProblems = {
  holdsCertificate,
  isCertificatePlace: (path: string): boolean => certificatePlaces.test(path),
  /** Sentences about a root filesystem or a worker's tarball; none for other archives. */
  of(place: string, seen: readonly SeenMember[]): string[] {
    const members = new Map(seen.map((it) => [it.header.path, it]));
    const resource =
      isResourceRootfs(place) || seen.some(({ header }) => header.path.startsWith('opt/resource/'));
    // A name that says so, or a folder that only a system has.
    const rootfs = resource || /rootfs[^/]*$/.test(place) || members.has('etc/passwd');
    return [
      ...(rootfs ? neededProblems(members) : []),
      ...(resource ? resourceProblems(members) : []),
      ...workerProblems(seen),
    ];
  },
};

function resourceProblems(members: ReadonlyMap<string, SeenMember>): string[] {
  const problems: string[] = [];
  for (const name of resourcePrograms) {
    const path = `opt/resource/${name}`;
    const program = resolveMember(members, path);
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

/** The `type` that a resource_metadata.json names, where it can be read. */
export function metadataType(bytes: Uint8Array): string | undefined {
  try {
    const { type } = JSON.parse(utf8(bytes)) as { readonly type?: unknown };
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}
