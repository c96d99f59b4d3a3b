import { describe, expect, it } from 'vitest';
import { dockerfileLint } from '../../../src/core/lint/dockerfile.js';
import type { CheckProblem, Interpreter, LintScene } from '../../../src/core/lint/lint.js';
import { fixed, problemsOf, scene, source } from './scene.js';

const interpreter = (target: { readonly goarch: string }): Interpreter => {
  switch (target.goarch) {
    case 'amd64':
    case '386':
      return { kind: 'native' };
    case 'arm64':
      return { kind: 'registered', program: '/usr/bin/qemu-aarch64', fixed: true };
    case 'riscv64':
      return { kind: 'registered', program: '/usr/bin/qemu-riscv64', fixed: false };
    default:
      return { kind: 'missing' };
  }
};

function check(
  text: string,
  targets: readonly string[],
  more: Partial<LintScene> = {},
): readonly CheckProblem[] {
  const file = source('Dockerfile', text);
  return problemsOf(dockerfileLint.run(file, scene(targets, { interpreter, ...more })));
}

const twoStages = `# syntax=docker/dockerfile:1
FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache \\
    CGO_ENABLED=0 go build -o /out/app ./cmd/app \\
 && go build -o /out/tool ./cmd/tool

FROM scratch
COPY --from=build /out/ /
`;

describe('a stage of another CPU that runs commands', () => {
  it('is told for foreign targets only', () => {
    expect(check(twoStages, ['linux/amd64', 'linux/386', 'windows/arm64'])).toEqual([]);
    const [problem, ...more] = check(twoStages, ['linux/amd64', 'linux/arm/v7']);
    expect(more).toEqual([]);
    expect(problem?.targets).toEqual(['linux/arm/v7']);
    expect(problem?.severity).toBe('warning');
    expect(problem?.message).toMatch(/runs a command of the target.*no interpreter/);
    expect(problem?.range).toMatchObject({ line: 2, column: 1 });
  });

  it('is no warning where the kernel has an emulator that containers find', () => {
    const [arm64] = check(twoStages, ['linux/arm64']);
    expect(arm64?.severity).toBe('information');
    expect(arm64?.message).toContain('/usr/bin/qemu-aarch64 for it, so it works, but slowly');
    expect(check(twoStages, ['linux/riscv64'])[0]?.message).toContain('without the flag F');
    const elsewhere = check(twoStages, ['linux/arm/v7'], { interpreter: () => ({ kind: 'unknown' }) });
    expect(elsewhere[0]?.message).toContain('virtual machine');
  });

  it('is mended by the form that compiles on the build platform', () => {
    const [problem] = check(twoStages, ['linux/arm/v7']);
    const text = fixed(problem, twoStages);
    expect(text).toBe(`# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM golang:1.24 AS build
ARG TARGETOS TARGETARCH TARGETVARIANT
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache \\
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=\${TARGETVARIANT#v} go build -o /out/app ./cmd/app \\
 && GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=\${TARGETVARIANT#v} go build -o /out/tool ./cmd/tool

FROM scratch
COPY --from=build /out/ /
`);
    expect(check(text, ['linux/arm/v7', 'linux/arm64'])).toEqual([]);
  });

  it('keeps variables that are declared already, the flag’s place and Windows line ends', () => {
    const text =
      'from --platform=linux/arm/v7 golang as build\r\nARG TARGETOS\r\nARG TARGETARCH=arm\r\nRUN go install ./...\r\nFROM alpine\r\nCOPY --from=build /go/bin /bin\r\n';
    const [problem] = check(text, ['linux/arm/v7']);
    expect(problem?.message).toContain('linux/arm');
    const mended = fixed(problem, text);
    expect(mended).toContain(
      'from --platform=$BUILDPLATFORM golang as build\r\nARG TARGETVARIANT\r\nARG TARGETOS',
    );
    expect(mended).toContain('RUN GOOS=$TARGETOS GOARCH=$TARGETARCH');
    expect(check(mended, ['linux/arm/v7'])).toEqual([]);
  });

  it('has no such form where its files are the result, or where nothing compiles', () => {
    const result = 'FROM golang\nRUN go build ./...\n';
    const goesOn = 'FROM golang AS base\nRUN go build ./...\nFROM base\nCMD ["x"]\n';
    const packages = 'FROM alpine AS tools\nRUN apk add git\nFROM scratch\nCOPY --from=tools / /\n';
    const json = 'FROM golang AS b\nRUN ["go", "build"]\nFROM scratch\n';
    for (const text of [result, goesOn, packages, json]) {
      const problems = check(text, ['linux/arm/v7']);
      expect(problems, text).toHaveLength(1);
      expect(problems[0]?.fixes, text).toEqual([]);
    }
  });

  it.each([
    ['the build platform', 'FROM --platform=$BUILDPLATFORM golang\nRUN go build\n'],
    ['the same in braces', 'FROM --platform=${BUILDPLATFORM} golang\nRUN go build\n'],
    [
      'a stage on the build platform',
      'FROM --platform=$BUILDPLATFORM golang AS base\nFROM Base AS b\nRUN go build\n',
    ],
    ['no command at all', 'FROM alpine\nCOPY a /a\nENTRYPOINT ["/a"]\n'],
    ['a platform that only the builder knows', 'ARG WHERE\nFROM --platform=$WHERE alpine\nRUN x\n'],
    ['a default that is this machine', 'ARG WHERE=linux/amd64\nFROM --platform=$WHERE alpine\nRUN x\n'],
    ['nothing', ''],
    ['no stage', 'RUN x\n'],
  ])('is not one with %s', (_, text) => {
    expect(check(text, ['linux/arm/v7'])).toEqual([]);
  });

  it.each([
    ['a fixed platform', 'FROM --platform=linux/arm/v7 alpine\nRUN x\n'],
    ['the target’s by name', 'FROM --platform=$TARGETPLATFORM alpine\nRUN x\n'],
    ['a variable with a default', 'ARG WHERE=linux/arm/v7\nFROM --platform=${WHERE} alpine\nRUN x\n'],
    ['a default in place', 'FROM --platform=${WHERE:-linux/s390x} alpine\nRUN x\n'],
  ])('is one with %s', (_, text) => {
    expect(check(text, ['linux/arm/v7'])).toHaveLength(1);
  });

  it('is told of a fixed platform even where the target is this machine', () => {
    const [problem] = check('FROM --platform=linux/arm64 alpine\nRUN x\nRUN y\n', ['linux/amd64']);
    expect(problem?.message).toMatch(/runs 2 commands of linux\/arm64/);
  });

  it('is looked for in files of these names', () => {
    for (const name of ['Dockerfile', 'Dockerfile.arm', 'app.Dockerfile', 'Containerfile', 'dockerfile'])
      expect(dockerfileLint.reads(name), name).toBe(true);
    for (const name of ['Dockerfile.dockerignore', 'main.go', 'NotADockerfile'])
      expect(dockerfileLint.reads(name), name).toBe(false);
  });

  it('survives what is being typed', () => {
    for (let length = 0; length < twoStages.length; length += 3)
      expect(() => check(twoStages.slice(0, length), ['linux/arm/v7'])).not.toThrow();
  });
});
