import { programName } from '../machines.js';

/** What the words of one build tool say. */
export interface ToolReading {
  readonly tool: 'go' | 'make' | 'container' | 'other';
  /** What go is to do: `build`, `test`, … */
  readonly verb?: string;
  /** Packages or files as they are named; empty: the folder itself. */
  readonly packages: readonly string[];
  readonly tags?: readonly string[];
  /** A container build's `--platform`. */
  readonly platform?: string;
}

interface ToolWords extends ToolReading {
  /** The folder it goes to first: `-C`. */
  readonly directory?: string;
  /** Variables among the arguments: make's, and `--build-arg` of a container build. */
  readonly assignments: Readonly<Record<string, string>>;
}

/** Programs whose output may hold a failed Go build. */
const otherTools =
  /^(?:ninja|cmake|meson|task|just|mage|bazel|bazelisk|goreleaser|xgo|gox|gomobile|garble|fyne|fyne-cross|wails|ko|earthly|act|nix|nix-build|npm|npx|yarn|pnpm|west|scons|ant|gradle|gradlew|zig|tinygo|cargo|dagger|skaffold|snapcraft|dpkg-buildpackage|debuild|rpmbuild|abuild|makepkg|brew)$/;

/** Reads the arguments of a program that builds; undefined for any other program. */
export function readBuildTool(program: string, args: readonly string[]): ToolWords | undefined {
  const name = programName(program).toLowerCase();
  if (/^(?:go|gotip|go1(?:\.\d+)+(?:(?:rc|beta)\d+)?)$/.test(name)) return readGo(args);
  if (/^(?:g|n|b|mingw32-|remake)?make$/.test(name)) return readMake(args);
  if (/^(?:docker|podman|nerdctl|buildah|docker-compose)$/.test(name)) return readContainer(name, args);
  if (/^(?:ba|z|da|k|fi|a)?sh$|^(?:pwsh|powershell|cmd)$/.test(name))
    return args.some((it) => isScript(it)) ? other() : undefined;
  // A script of the project: `./build.sh`, `scripts\build.ps1`.
  return otherTools.test(name) || isScript(program) || /^\.{1,2}[\\/]/.test(program) ? other() : undefined;
}

function isScript(word: string): boolean {
  return /\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$/i.test(word);
}

function other(): ToolWords {
  return { tool: 'other', packages: [], assignments: {} };
}

const goVerbs = new Set(['build', 'install', 'test', 'run', 'vet', 'generate', 'get', 'tool', 'list']);

/* Flags of go build and go test that take the next word as their value (`go help build`, `go help testflag`). */
const valueFlags = new Set(
  'C o p asmflags buildmode buildvcs compiler covermode coverpkg coverprofile exec gccgoflags gcflags installsuffix json-file ldflags mod modfile overlay pgo pkgdir tags toolexec vettool bench benchtime blockprofile count cpu cpuprofile fuzz fuzztime list memprofile mutexprofile outputdir parallel run shuffle skip timeout trace'.split(
    ' ',
  ),
);

function readGo(args: readonly string[]): ToolWords | undefined {
  let verb: string | undefined;
  let directory: string | undefined;
  let tags: readonly string[] | undefined;
  const packages: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const flag = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(word);
    if (flag !== null) {
      const [, name = '', joined] = flag;
      if (name === 'args') break;
      const value = joined ?? (valueFlags.has(name) ? args[++at] : undefined);
      if (name === 'C') directory = value;
      if (name === 'tags' && value !== undefined) tags = value.split(/[\s,]+/).filter((it) => it !== '');
    } else if (/^\d?>/.test(word)) {
      if (/^\d?>>?$/.test(word)) at++;
    } else if (verb === undefined) {
      verb = word;
    } else {
      packages.push(word);
      // What follows is the program's own, except further files.
      if (verb === 'run' && !word.endsWith('.go')) break;
    }
  }
  if (verb === undefined || !goVerbs.has(verb)) return undefined;
  return {
    tool: 'go',
    verb,
    packages: verb === 'tool' ? [] : packages,
    assignments: {},
    ...(directory === undefined ? {} : { directory }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function readMake(args: readonly string[]): ToolWords {
  const assignments: Record<string, string> = {};
  let directory: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const set = /^([A-Za-z_]\w*):{0,3}[?+]?=([\s\S]*)$/.exec(word);
    if (set !== null) assignments[set[1] ?? ''] = set[2] ?? '';
    else if (word === '-C' || word === '--directory') directory = args[++at];
    else if (/^(?:-C|--directory=)./.test(word)) directory = word.replace(/^(?:-C|--directory=)/, '');
  }
  return { tool: 'make', packages: [], assignments, ...(directory === undefined ? {} : { directory }) };
}

/** `docker build`, `docker buildx build --platform linux/arm/v7`, `docker compose build`. */
function readContainer(name: string, args: readonly string[]): ToolWords | undefined {
  if (!args.some((it) => /^(?:build|bake|bud|up|run)$/.test(it)) && name !== 'docker-compose')
    return undefined;
  const assignments: Record<string, string> = {};
  let platform: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const [flag = '', ...rest] = (args[at] ?? '').split('=');
    if (!/^(?:--platform|--build-arg|-e|--env)$/.test(flag)) continue;
    const value = rest.length > 0 ? rest.join('=') : (args[++at] ?? '');
    if (flag === '--platform') platform = value;
    else {
      const set = /^(\w+)=([\s\S]*)$/.exec(value);
      if (set !== null) assignments[set[1] ?? ''] = set[2] ?? '';
    }
  }
  return { tool: 'container', packages: [], assignments, ...(platform === undefined ? {} : { platform }) };
}
