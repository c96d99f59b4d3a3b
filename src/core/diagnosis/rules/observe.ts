import type { Rule } from '../rule.js';
import type { Scene } from '../scene.js';

/*
 * Lines that are no failure but tell later rules where they are: settings in an echoed command, the host by the path
 * of go's tools, the include chain, archives that ld skipped.
 */

/** `GOOS=linux GOARCH=arm CC=… go build`, as make, task, docker and shells with -x echo it; goreleaser's `target=linux_arm_7`. */
const settings: Rule = {
  needles: ['goarch=', 'goos=', 'cc=', 'cgo_enabled='],
  pattern: /(?:^|[\s"'(;&])(?:GOOS|GOARCH|CC|CGO_ENABLED)=/,
  read(_match, { command }, { text }) {
    // A command that sets one setting is a new command: what an earlier one set does not hold for it.
    const goos = valueOf(text, 'GOOS');
    const goarch = valueOf(text, 'GOARCH');
    if (goos !== undefined || goarch !== undefined) {
      delete command.goos;
      delete command.goarch;
      delete command.cc;
      delete command.cgo;
    }
    if (goos !== undefined) command.goos = goos;
    if (goarch !== undefined) command.goarch = goarch;
    const cc = valueOf(text, 'CC');
    if (cc !== undefined) command.cc = cc;
    const cgo = valueOf(text, 'CGO_ENABLED');
    if (cgo !== undefined) command.cgo = cgo;
    return undefined;
  },
};

function valueOf(text: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|[\\s"'(;&])${name}=("[^"]{1,300}"|'[^']{1,300}'|[^\\s"';&]{1,300})`).exec(
    text,
  );
  return match?.[1]?.replace(/^["']|["']$/g, '');
}

/** `failed to build for linux_arm_7: exit status 1: # example.com/app`: goreleaser. `--> darwin/arm64 error:` is gox. */
const namedTarget: Rule = {
  needles: ['failed to build for', 'target=', '-->'],
  pattern:
    /(?:failed to build for |\btarget=|^--> {1,8})(linux|windows|darwin|freebsd|android|openbsd|netbsd)[_/]([a-z0-9]{2,8})/,
  read(match, { command }) {
    if (match[1] !== undefined) command.goos = match[1];
    if (match[2] !== undefined) command.goarch = match[2];
    return undefined;
  },
};

/** cmd/go names its tools by `$GOROOT/pkg/tool/$GOHOSTOS_$GOHOSTARCH/link`. */
const toolHost: Rule = {
  needles: ['/pkg/tool/', '\\pkg\\tool\\'],
  pattern: /[\\/]pkg[\\/]tool[\\/]([a-z0-9]{2,12})_([a-z0-9]{2,10})[\\/]/,
  read(match, scene) {
    if (match[1] !== undefined && match[2] !== undefined)
      scene.toolHost = { goos: match[1], goarch: match[2] };
    return undefined;
  },
};

/** Go's own sources under a drive letter: the build runs on Windows. */
const windowsHost: Rule = {
  needles: ['\\src\\runtime\\', '\\src\\net\\', '\\src\\os\\'],
  pattern: /(?:^|[\s"'(])[A-Za-z]:\\[^:]{1,200}\\src\\(?:runtime|net|os)\\/,
  read(_match, scene) {
    scene.toolHost ??= { goos: 'windows', goarch: 'amd64' };
    return undefined;
  },
};

/** cmd/link, `hostlink`: "running gcc failed: exit status 1". */
const driver: Rule = {
  needles: [': running '],
  pattern: /: running (.{1,300}?) failed: /,
  read(match, scene) {
    if (match[1] !== undefined) scene.block.driver = match[1];
    return undefined;
  },
};

/** gcc and clang: "In file included from a.h:1," / "                 from b.h:2:". */
const includeChain: Rule = {
  needles: ['included from', ' from /', ' from '],
  pattern: /^(In file included from|\s{10,20}from) ([^\s].{0,400}?):\d+/,
  read(match, { block }) {
    if (match[1]?.startsWith('In') === true) block.includes = [];
    if (match[2] !== undefined && block.includes.length < 12) block.includes.push(match[2]);
    return undefined;
  },
};

/** GNU ld and gold: "skipping incompatible /lib/libx.a when searching for -lx". What it means, `cannot find -lx` says. */
const skipped: Rule = {
  needles: ['skipping incompatible'],
  pattern: /skipping incompatible (.{1,400}?)(?: (?:when|while) searching for (?:-l)?(\S{1,100})|\s*$)/,
  read(match, { block }) {
    const [, file] = match;
    // A terminal may have wrapped the line: the file's own name has the library's in it.
    const library = match[2] ?? /(?:^|[\\/])lib([^\\/]{1,100}?)\.(?:so|a|dylib)[\d.]*$/.exec(file ?? '')?.[1];
    if (file !== undefined && library !== undefined && block.skipped.size < 32)
      block.skipped.set(library, file);
    return undefined;
  },
};

/** GNU ld and gold: "libx.so.1, needed by liby.so, not found (try using -rpath or -rpath-link)". A warning: what fails for it comes after. */
const needed: Rule = {
  needles: [', needed by '],
  pattern: /(?:warning: )([\w.+-]{1,120}\.so[\d.]*), needed by (\S{1,300}), not found/,
  read(match, { block }) {
    if (match[1] !== undefined) block.needed ??= match[1];
    return undefined;
  },
};

const linkObject: Rule = {
  needles: ['in function'],
  pattern: /(?<![^\s:(])([^\s:(]{1,300}(?:\([^)\s]{1,120}\))?)(?:\([^)\s]{1,120}\))?: ?[Ii]n function [`']/,
  read(match, { block }) {
    if (match[1] !== undefined) block.object = match[1];
    return undefined;
  },
};

/** A musl system shows itself by apk or its loader's name; a musl gcc by its own. */
const musl = flag(
  ['musl', 'apk add', 'alpine'],
  /\bmusl-|ld-musl|\bapk (?:--\S{1,30} ){0,4}add\b|-musl|alpine/i,
  (scene) => {
    scene.muslSeen = true;
  },
);

/** buildx runs the stages of another platform under QEMU: "#35 [linux/arm64 builder 11/12] RUN …", "/dev/.buildkit_qemu_emulator". */
const foreignStage: Rule = {
  needles: ['[linux/', 'buildkit_qemu_emulator'],
  pattern: /\[linux\/([a-z0-9]{2,8})(?:\/v\d)?(?: |->)|\.buildkit_qemu_emulator/,
  read([, goarch], scene) {
    const host = (scene.toolHost ?? scene.context.host)?.goarch;
    if (goarch === undefined || (host !== undefined && host !== goarch)) scene.emulated = true;
    return undefined;
  },
};

const staticLink = flag(['-static'], /(?:^|[\s"'=])-static\b/, (scene) => {
  scene.staticSeen = true;
});

const zig = flag(
  ['zig cc', 'zig c++', 'lib/zig', 'zig build-', 'warning: unsupported linker arg'],
  /warning: unsupported linker arg|\bzig(?:\.exe)? (?:cc|c\+\+|build-)|[\\/]lib[\\/]zig[\\/]/,
  (scene) => {
    scene.zigSeen = true;
  },
);

const cgoOn = flag(
  ['runtime/cgo', '_cgo_', 'cgo-gcc-prolog', 'cgo_enabled=1'],
  /gcc_\w+\.[cS]|_cgo_export|cgo-gcc-|CGO_ENABLED=1/,
  (scene) => {
    scene.cgoSeen = true;
  },
);

function flag(needles: readonly string[], pattern: RegExp, set: (scene: Scene) => void): Rule {
  return {
    needles,
    pattern,
    read(_match, scene) {
      set(scene);
      return undefined;
    },
  };
}

export const observingRules: readonly Rule[] = [
  settings,
  namedTarget,
  toolHost,
  windowsHost,
  driver,
  includeChain,
  skipped,
  needed,
  linkObject,
  musl,
  foreignStage,
  staticLink,
  zig,
  cgoOn,
];
