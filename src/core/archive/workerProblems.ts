import type { SeenMember } from './verifyFile.js';

/** A worker looks for its resource types in the folders beside its programs (worker/workercmd, resource-types). */
const inResourceType = /^((?:.*\/)?resource-types\/([^/]+))\/([^/]+)$/;

const rootfsName = /^rootfs\.(?:tgz|tar\.gz|tar)$/;

/** Whether the way to an archive says that it is the root filesystem of a resource type. */
export function isResourceRootfs(place: string): boolean {
  const member = place.slice(place.lastIndexOf(' > ') + 3);
  const [, , , name = ''] = inResourceType.exec(member) ?? [];
  return rootfsName.test(name);
}

/** What the resource types of a worker's tarball lack; none for other archives. */
export function workerProblems(seen: readonly SeenMember[]): string[] {
  const folders = new Map<string, { readonly name: string; readonly files: Map<string, SeenMember> }>();
  for (const member of seen) {
    const [, folder, name = '', file = ''] = inResourceType.exec(member.header.path) ?? [];
    if (folder === undefined || member.header.kind === 'directory') continue;
    const known = folders.get(folder) ?? { name, files: new Map<string, SeenMember>() };
    known.files.set(file, member);
    folders.set(folder, known);
  }
  return [...folders].flatMap(([folder, { name, files }]) => {
    const problems: string[] = [];
    const metadata = files.get('resource_metadata.json');
    if (![...files.keys()].some((it) => rootfsName.test(it)))
      problems.push(`${folder} has no rootfs.tgz: the resource type could not be started.`);
    if (metadata === undefined)
      problems.push(`${folder} has no resource_metadata.json: a worker would not offer the resource type.`);
    else if (metadata.resourceType !== undefined && metadata.resourceType !== name)
      problems.push(`${folder} holds the resource type ${metadata.resourceType}, not ${name}.`);
    return problems;
  });
}
