/** Package managers that ask before they install, and the flag that answers: apt-get(8), dnf(8), zypper(8), pacman(8). */
const confirmations: readonly (readonly [asking: RegExp, answered: string])[] = [
  // Nobody sees what would go: a package of another architecture may push out the host's own, and what needs that.
  [/\bapt-get install (?!-y\b)/g, 'apt-get install -y --no-remove '],
  [/\bdnf install (?!-y\b)/g, 'dnf install -y '],
  [/\bzypper install /g, 'zypper --non-interactive install '],
  [/\bpacman -S (?!--noconfirm\b)/g, 'pacman -S --noconfirm '],
];

/**
 * The command of a fix as it is run after a yes that was given beforehand: the package manager does not ask again, and
 * root, who in containers has no sudo, needs none.
 */
export function unattendedCommand(command: string, isRoot: boolean): string {
  const answered = confirmations.reduce((text, [asking, answer]) => text.replace(asking, answer), command);
  return isRoot ? answered.replace(/\bsudo (?:-E )?(?=[a-z])/g, '') : answered;
}
