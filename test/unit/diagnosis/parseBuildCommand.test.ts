import { describe, expect, it } from 'vitest';
import { commandTarget } from '../../../src/core/diagnosis/command/commandTarget.js';
import { parseBuildCommand } from '../../../src/core/diagnosis/command/parseBuildCommand.js';
import { passedSince } from '../../../src/core/diagnosis/command/passedSince.js';
import { createCatalogue } from '../../../src/core/target/createCatalogue.js';
import { targetId } from '../../../src/core/target/target.js';

const catalogue = createCatalogue();
const host = { goos: 'linux', goarch: 'amd64' };

function targetOf(line: string): string | undefined {
  const command = parseBuildCommand(line);
  if (command === undefined) return 'no build';
  const target = commandTarget(command, host, catalogue);
  return target === undefined ? undefined : targetId(target);
}

describe('parseBuildCommand', () => {
  it.each([
    ['GOOS=linux GOARCH=arm GOARM=7 CGO_ENABLED=1 go build ./...', 'linux/arm/v7'],
    ['env GOOS=linux GOARCH=arm GOARM=6 go build', 'linux/arm/v6'],
    ['/usr/bin/env -u CC GOARCH=arm64 go build', 'linux/arm64'],
    ['export GOARCH=riscv64; go vet .', 'linux/riscv64'],
    ['export GOOS=windows GOARCH=386 && go build .', 'windows/386'],
    ["$env:GOOS='linux'; $env:GOARCH='arm64'; go build", 'linux/arm64'],
    ['$env:GOOS = "linux"; $Env:GOARCH = "arm"; $env:GOARM = 7; & go.exe build', 'linux/arm/v7'],
    ['set GOOS=linux&& set GOARCH=arm64&& go build', 'linux/arm64'],
    ['set "GOOS=linux" & set "GOARCH=mipsle" & "C:\\Program Files\\Go\\bin\\go.exe" build', 'linux/mipsle'],
    ['set -gx GOARCH arm64; go build', 'linux/arm64'],
    ['setenv GOARCH s390x; go build', 'linux/s390x'],
    ['time sudo -E GOARCH=arm64 go install ./cmd/x', 'linux/arm64'],
    ['cross-env GOOS=darwin GOARCH=arm64 go build', 'darwin/arm64'],
    ['make GOARCH=arm GOARM=7 build', 'linux/arm/v7'],
    ['GOARCH=arm64 make -j4', 'linux/arm64'],
    ['docker buildx build --platform linux/arm/v7 -t x .', 'linux/arm/v7'],
    ['docker build --platform=linux/arm64 .', 'linux/arm64'],
    ['docker build --build-arg GOOS=linux --build-arg GOARCH=ppc64le .', 'linux/ppc64le'],
    ["bash -c 'GOARCH=arm64 go build ./...'", 'linux/arm64'],
    ['sh -lc "cd cmd && GOARCH=arm64 go build"', 'linux/arm64'],
    ['cmd /c "set GOARCH=arm64&& go build"', 'linux/arm64'],
    ['if ! GOARCH=arm64 go test -c ./x 2>&1 | tee log; then exit 1; fi', 'linux/arm64'],
    [' *  Executing task: GOARCH=arm64 go build . ', 'linux/arm64'],
    [' *  Executing task in folder ü: make GOARCH=arm64', 'linux/arm64'],
    ['GOARCH=arm64 \\\n  CGO_ENABLED=1 \\\n  go build', 'linux/arm64'],
  ])('reads the target of %s', (line, target) => {
    expect(targetOf(line)).toBe(target);
  });

  it.each([
    ['go build ./...', undefined],
    ['make', undefined],
    ['./build.sh --release', undefined],
    ['docker buildx build --platform linux/arm64,linux/amd64 .', undefined],
    ['GOARCH=arm go build -o a; GOARCH=arm64 go build -o b', undefined],
    ['GOARCH=marvin go build', undefined],
    ['unset GOARCH; go build', undefined],
  ])('names no target for %s', (line, target) => {
    expect(targetOf(line)).toBe(target);
  });

  it.each([
    '',
    'vim main.go',
    'GOARCH=arm64',
    'ls go build',
    'cat build.log',
    'go version',
    'go env',
    'git push',
    'echo "go build"',
    '# go build',
    'docker ps',
    "'",
    '&&',
    'ssh pi go build',
  ])('finds no build in %j', (line) => {
    expect(parseBuildCommand(line)).toBeUndefined();
  });

  it('reads folders, packages, tags and settings', () => {
    expect(
      parseBuildCommand(
        "cd 'my app' && CGO_ENABLED=1 CC='zig cc' go build -C sub -tags a,b -ldflags '-s -w' -o x ./cmd/x ./cmd/y 2>err",
      ),
    ).toMatchObject({
      tool: 'go',
      verb: 'build',
      directories: ['my app', 'sub'],
      packages: ['./cmd/x', './cmd/y'],
      tags: ['a', 'b'],
      env: { CGO_ENABLED: '1', CC: 'zig cc' },
    });
    expect(parseBuildCommand('Set-Location C:\\src\\app; go run . --verbose')).toMatchObject({
      directories: ['C:\\src\\app'],
      packages: ['.'],
    });
    expect(parseBuildCommand('make -C firmware')).toMatchObject({ directories: ['firmware'] });
  });

  it('takes a hostile line in linear time', () => {
    const started = performance.now();
    for (const piece of ['set A=', "'", 'go build ', '\\', 'A=b ', '$env:A=', 'bash -c "'])
      parseBuildCommand(piece.repeat(1e6));
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('passedSince', () => {
  const build = (line: string, directory = '/src') => {
    const command = parseBuildCommand(line);
    if (command === undefined) throw new Error(`no build: ${line}`);
    return { command, directory, target: targetOf(line) };
  };

  it.each([
    ['GOARCH=arm go build', 'GOARCH=arm CC=x go build', true],
    ['GOARCH=arm go build', 'GOARCH=arm go build ./...', true],
    ['GOARCH=arm go build ./a', 'GOARCH=arm go test ./a', true],
    ['GOARCH=arm go build ./a', 'GOARCH=arm go build ./b', false],
    ['GOARCH=arm go build', 'GOARCH=arm64 go build', false],
    ['GOARCH=arm go build', 'go build', false],
    ['GOARCH=arm go build', 'GOARCH=arm go vet', false],
    ['make', 'make', true],
    ['make', 'make CC=x', true],
    ['make', 'make clean', false],
  ])('%s, then %s: %s', (earlier, later, expected) => {
    expect(passedSince(build(earlier), build(later))).toBe(expected);
  });

  it('asks for the same folder', () => {
    expect(passedSince(build('make', '/a'), build('make', '/b'))).toBe(false);
  });
});
