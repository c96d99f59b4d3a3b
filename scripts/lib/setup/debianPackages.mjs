import { existsSync } from 'node:fs';
import { lookForChromium } from '../findChromium.mjs';
import { onPath } from '../onPath.mjs';
import { runQuietly, tail } from '../runQuietly.mjs';

const command = (/** @type {string} */ name) => () => onPath(name) !== undefined;
const file = (/** @type {string} */ path) => () => existsSync(path);

/** A Debian package, and how to see that what it brings is there, whoever brought it. */
const packages = /** @type {const} */ ([
  ['gcc', command('gcc')],
  ['g++', command('g++')],
  ['libc6-dev', file('/usr/include/stdlib.h')],
  ['make', command('make')],
  ['git', command('git')],
  ['python3', command('python3')],
  ['python3-pip', () => onPath('pip3') !== undefined || onPath('pip') !== undefined],
  ['chromium', () => lookForChromium() !== undefined],
  ['gcc-arm-linux-gnueabihf', command('arm-linux-gnueabihf-gcc')],
  ['libc6-dev-armhf-cross', file('/usr/arm-linux-gnueabihf/include/stdlib.h')],
  ['gcc-arm-linux-gnueabi', command('arm-linux-gnueabi-gcc')],
  ['libc6-dev-armel-cross', file('/usr/arm-linux-gnueabi/include/stdlib.h')],
  ['gcc-aarch64-linux-gnu', command('aarch64-linux-gnu-gcc')],
  ['libc6-dev-arm64-cross', file('/usr/aarch64-linux-gnu/include/stdlib.h')],
  ['gcc-riscv64-linux-gnu', command('riscv64-linux-gnu-gcc')],
  ['libc6-dev-riscv64-cross', file('/usr/riscv64-linux-gnu/include/stdlib.h')],
  ['gcc-i686-linux-gnu', command('i686-linux-gnu-gcc')],
  ['libc6-dev-i386-cross', file('/usr/i686-linux-gnu/include/stdlib.h')],
  ['gcc-mingw-w64-x86-64', command('x86_64-w64-mingw32-gcc')],
  ['clang', command('clang')],
  ['lld', command('ld.lld')],
  ['qemu-user-static', command('qemu-arm-static')],
  ['pkg-config', command('pkg-config')],
  ['strace', command('strace')],
  ['unzip', command('unzip')],
]);

const missing = () => packages.filter(([, isThere]) => !isThere()).map(([name]) => name);

/** How this user gets root's rights for apt-get; `undefined` where there is no way without a question. */
function asRoot() {
  if (process.platform !== 'linux' || onPath('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  // Without a terminal a password can't be asked for.
  if (onPath('sudo') !== undefined) return process.stdin.isTTY && !process.env.CI ? ['sudo'] : ['sudo', '-n'];
  return undefined;
}

/** @type {import('../setUp.mjs').Step} */
export const debianPackages = {
  name: 'Debian packages',
  without: 'tests that need what is missing fail or are skipped',
  essential: false,
  missing,
  async install(names) {
    const prefix = asRoot();
    if (prefix === undefined) return { ok: false, output: 'This takes Debian (or Ubuntu) and root or sudo.' };
    const apt = async (/** @type {readonly string[]} */ args) => {
      const [program, ...rest] = [
        ...prefix,
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        '-qq',
        ...args,
      ];
      return runQuietly(/** @type {string} */ (program), rest, {
        onTerminal: program === 'sudo' && rest[0] !== '-n',
      });
    };
    const install = () => apt(['install', '-y', '--no-install-recommends', ...names]);
    // The lists of a fresh machine are empty or old, so the first try may fail; a second after an update is the answer.
    const first = await install();
    if (first.ok) return first;
    const update = await apt(['update']);
    const second = await install();
    return update.ok ? second : { ok: second.ok, output: `${tail(update.output)}\n${second.output}` };
  },
  advice: (names) => `On Debian or Ubuntu: sudo apt-get install -y ${names.join(' ')}`,
};
