import { expect, it } from 'vitest';
import { unattendedCommand } from '../../../src/core/diagnosis/unattendedCommand.js';

it.each([
  ['sudo apt-get install gcc-x libc6-dev', 'apt-get install -y --no-remove gcc-x libc6-dev'],
  [
    'sudo dpkg --add-architecture armhf && sudo apt-get update && sudo apt-get install zlib1g-dev:armhf',
    'dpkg --add-architecture armhf && apt-get update && apt-get install -y --no-remove zlib1g-dev:armhf',
  ],
  ['sudo dnf install gcc', 'dnf install -y gcc'],
  ['sudo zypper install gcc', 'zypper --non-interactive install gcc'],
  ['sudo pacman -S gcc', 'pacman -S --noconfirm gcc'],
  ['python3 -m pip install ziglang', 'python3 -m pip install ziglang'],
])('%s', (command, asRoot) => {
  expect(unattendedCommand(command, true)).toBe(asRoot);
  expect(unattendedCommand(asRoot, true)).toBe(asRoot);
  expect(unattendedCommand(command, false).includes('sudo')).toBe(command.includes('sudo'));
});
