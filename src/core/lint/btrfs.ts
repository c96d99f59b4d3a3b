import type { FileLint } from './lint.js';

/** Files that start, configure or describe a Concourse worker. */
const names =
  /(?:\.(?:ya?ml|service|env|conf|sh|toml|json|tpl|erb|j2|nix|hcl)|(?:^|\.)env(?:\..*)?|(?:^|\.)(?:Dockerfile|Containerfile)(?:\..*)?|^worker(?:[-_.].*)?|^(?:entrypoint|run|start)\S*)$/i;

/**
 * The ways a worker is told its driver: the flag, the variable (in a unit, a compose file or a shell script), the
 * variable as Kubernetes lists it, and the key of the Helm chart and the BOSH release.
 */
const ways: readonly RegExp[] = [
  /--baggageclaim-driver(?:[= ]|["'],\s*["'])["']?(btrfs)\b/g,
  /\b(?:CONCOURSE_)?BAGGAGECLAIM_DRIVER["']?\s*[:=]\s*["']?(btrfs)\b/g,
  /\bname:\s*["']?CONCOURSE_BAGGAGECLAIM_DRIVER["']?\s*\n\s*value:\s*["']?(btrfs)\b/g,
  /\bbaggageclaim[_.-]?driver["']?\s*[:=]\s*["']?(btrfs)\b/gi,
  /^([ \t]*)baggageclaim:[^\n]*\n(?:(?:\1[ \t]+\S[^\n]*|[ \t]*)\n)*?\1[ \t]+driver:\s*["']?(btrfs)\b/gm,
];

/** A worker's volumes on btrfs: its `btrfs` program comes from the system, and no build brings it. */
export const btrfsLint: FileLint = {
  reads: (name) => names.test(name),
  run(file, { targets }) {
    const linux = targets.filter((it) => it.goos === 'linux');
    if (linux.length === 0 || !file.text.includes('btrfs')) return [];
    const spots = new Set<number>();
    for (const way of ways) {
      for (const match of file.text.matchAll(way)) {
        const start = match.index + match[0].length - 'btrfs'.length;
        if (!isComment(file.text, start)) spots.add(start);
      }
    }
    return [...spots].flatMap((start) =>
      linux.map((target) => ({
        check: 'btrfs-program' as const,
        severity: 'information' as const,
        at: { file, start, end: start + 'btrfs'.length },
        message:
          'With this driver the worker calls the btrfs program for every volume. It must be on the target (package btrfs-progs), and the work folder on a btrfs file system, or on one that can hold its image.',
        target,
        fixes: [],
      })),
    );
  },
};

function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^\s*(?:#|;|\/\/)/.test(line);
}
