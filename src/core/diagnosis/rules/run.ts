import { toolKind } from '../machines.js';
import type { Facts } from '../finding.js';
import type { Clue, Rule } from '../rule.js';
import { goosOf, isNative } from '../scene.js';

/* The program was built and does not start, or dies at once: loader, libraries, CPU. Words of kernels, loaders, shells, qemu, container run-times. */

/** glibc, elf/dl-version.c: "/lib/libc.so.6: version `GLIBC_2.34' not found (required by ./app)"; libstdc++ the same. */
const symbolVersion: Rule = {
  needles: ['glibc', 'glibcxx_', 'cxxabi_', 'gcc_'],
  pattern:
    /(?:(?<![^\s:])([^\s:]{1,300}): )?version [`'" ]{0,2}((?:GLIBC|GLIBCXX|CXXABI|GCC)_[\w.]{1,20})['"` ]{0,2} ?not found(?: \(required by ([^)]{1,300})\))?|(?:undefined symbol|symbol lookup error|relocation error): .{0,200}version ((?:GLIBC|GLIBCXX)_[\d.]{1,12})/,
  read([, , version, program, other]) {
    const symbol = version ?? other ?? '';
    return {
      cause: 'glibc-too-old',
      confidence: 'certain',
      layer: 'run',
      detail: symbol.startsWith('GLIBC_') ? 'glibc-version' : 'libstdcxx-version',
      title: `The machine that runs it lacks ${symbol}: its ${symbol.startsWith('GLIBC_') ? 'glibc' : 'C++ library'} is older than the build's`,
      facts: { symbolVersion: symbol, ...(program === undefined ? {} : { program }) },
    };
  },
};

/**
 * Package managers, before anything runs: rpm "libc.so.6(GLIBC_2.34)(64bit) is needed by app", dnf "nothing provides libc.so.6(GLIBC_2.34)(64bit) needed by",
 * apt "app : Depends: libc6 (>= 2.34) but 2.31-13 is to be installed".
 */
const packageNeedsGlibc: Rule = {
  needles: ['libc.so.6(glibc_', 'depends: libc6 ('],
  pattern:
    /libc\.so\.6\(GLIBC_([\d.]{1,8})\)\S{0,10} (?:is )?needed by|Depends: libc6 \(>= ([\d.]{1,8})\S{0,12}\) but/,
  read: ([, rpm, deb]) => ({
    cause: 'glibc-too-old',
    confidence: 'certain',
    layer: 'run',
    detail: 'glibc-version',
    title: `The machine that installs it has an older glibc than ${rpm ?? deb ?? ''}`,
    facts: { symbolVersion: `GLIBC_${rpm ?? deb ?? ''}` },
  }),
};

/** musl's loader: "Error relocating ./app: __vfprintf_chk: symbol not found", "Error loading shared library ld-linux-x86-64.so.2: … (needed by …)". */
const muslLoader: Rule = {
  needles: ['error relocating', 'error loading shared library'],
  pattern:
    /Error relocating ([^\s:]{1,300}): (\S{1,120}): symbol not found|Error loading shared library ([^\s:]{1,200}): No such file or directory/,
  read([, program, symbol, library]) {
    // The symbols that its loader misses after that are that library's.
    if (library !== undefined && !ofGlibc.test(library))
      return { ...sharedLibraryMissing(library, undefined), layer: 'headers' };
    return otherLibc('glibc-program-on-musl', 'A program built for glibc runs on musl', {
      ...(program === undefined ? {} : { program }),
      ...(symbol === undefined ? {} : { symbol }),
      ...(library === undefined ? {} : { loader: library }),
    });
  },
};

const ofGlibc =
  /^(?:ld-linux\S*|libc\.so\.6|libm\.so\.6|libpthread\.so\.0|libdl\.so\.2|librt\.so\.1|libresolv\.so\.2|libnss_\S+)$/;

function otherLibc(detail: string, title: string, facts: Facts): Clue {
  // The loader's own words are nearer to the root than the shell's "not found" beside them.
  return { cause: 'libc-mismatch', confidence: 'certain', layer: 'link', detail, title, facts };
}

/** ldd(1), which people run when a program does not start. */
const byLdd: Rule = {
  needles: ['=> not found'],
  pattern: /^\s*(lib[\w.+-]{1,120}\.so[\d.]*) => not found/,
  read: ([, library = '']) =>
    ofGlibc.test(library) || /^libc\.musl/.test(library)
      ? undefined
      : sharedLibraryMissing(library, undefined),
};

/** glibc, elf/dl-load.c: "error while loading shared libraries: libfoo.so.1: cannot open shared object file: No such file or directory"; uClibc's loader; dyld; Windows. */
const sharedLibrary: Rule = {
  needles: [
    'error while loading shared libraries',
    'cannot open shared object file',
    'library not loaded:',
    '.dll was not found',
    '.dll is missing',
    'image not found',
    "can't load library",
  ],
  pattern:
    /(?:(?<!\S)(\S{1,300}): )?error while loading shared libraries: ([^\s:]{1,200}): (?!wrong ELF|invalid ELF)|(?:^|[\s:"'])([\w.+\/-]{1,200}\.so[\w.]*): cannot open shared object file|can't load library '([\w.+-]{1,120}\.so[\w.]*)'|Library not loaded: ['"]?([^'"\s]{1,300})|(?<![\w.+-])([\w.+-]{1,120}\.dll) (?:was not found|is missing)/i,
  read([, program, gnu, dlopen, uclibc, apple, dll]) {
    const library = gnu ?? dlopen ?? uclibc ?? apple ?? dll ?? '';
    if (/libc\.musl|ld-musl/.test(library))
      return otherLibc('musl-program-on-glibc', 'A program built for musl runs on glibc', {
        loader: library,
        ...(program === undefined ? {} : { program }),
      });
    return sharedLibraryMissing(library, program);
  },
};

function sharedLibraryMissing(object: string, program: string | undefined): Clue {
  const name = (object.split(/[\\/]/).pop() ?? object)
    .replace(/^lib/, '')
    .replace(/\.(?:so|dylib|dll).*$/, '');
  return {
    cause: 'missing-shared-library',
    confidence: 'certain',
    layer: 'run',
    detail: 'not-on-loader-path',
    title: `The shared library ${object} is not there where the program runs`,
    facts: { object, library: name, ...(program === undefined ? {} : { program }) },
    key: object,
  };
}

/** linux-user/elfload.c: "Could not open '/lib/ld-linux-armhf.so.3': No such file or directory"; Rosetta; bash ≥ 5.2 "required file not found"; fish "The file 'x' specified the interpreter 'y', which is not an executable command". */
const loader: Rule = {
  needles: [
    "could not open '/",
    'failed to open elf at',
    'required file not found',
    'specified the interpreter',
    'interpreter',
    'ld-linux',
    'ld-musl',
    '/libexec/ld-',
  ],
  pattern:
    /Could not open '([^']{1,200})': No such file|failed to open elf at (\S{1,200})|(?<![\w.\/-])([\w.\/-]{1,300}): cannot execute: required file not found|specified the interpreter '(\/lib\S{0,60}ld[-.]\S{1,60})', which is not an executable|(?:bad ELF interpreter|ELF interpreter not found|bad interpreter): ?(\S{0,200}ld[-.]\S{1,100})?|(?:no such file or directory|not found)[:\s]{0,3}(\/lib\S{0,60}\/?ld-(?:linux|musl|uClibc)\S{1,60})|(\/lib\S{0,60}ld-(?:linux|musl|uClibc)[^\s:']{1,60})'?: No such file/i,
  read([text = '', qemu, rosetta, program, fish, interpreter, after, before]) {
    if (/bad interpreter/.test(text) && interpreter === undefined) return undefined;
    const file = qemu ?? rosetta ?? fish ?? interpreter ?? after ?? before;
    return noLoader(
      'interpreter-missing',
      { ...(file === undefined ? {} : { loader: file }), ...(program === undefined ? {} : { program }) },
      'certain',
    );
  },
};

function noLoader(detail: string, facts: Facts, confidence: 'certain' | 'likely'): Clue {
  return {
    cause: 'missing-loader',
    confidence,
    layer: 'run',
    detail,
    title: `The program's loader ${facts.loader === undefined ? '' : `${facts.loader} `}is not there where it runs`,
    facts,
  };
}

/*
 * ENOENT from execve(2) of a file that is there means its loader: container run-times, shells, chroot, sudo and cmd/go pass it on.
 * A script or a name without a folder is another matter: a shebang, PATH. For a target of another system the file was never there,
 * for go wrote NAME.exe.
 */
const noSuchProgram: Rule = {
  needles: ['no such file or directory', ': not found', 'no such file or directory: ./'],
  pattern:
    /(?:exec user process caused:? "?no such file or directory)|^(?:.{0,60}?: )?(?:exec|fork\/exec) (\.{0,2}\/[^\s:]{1,300}): no such file or directory$|^(?:(?:-|\S{0,40}\/)?(?:ba|z|da|a|k)?sh(?:\[\d+\])?|env|chroot: failed to run command|sudo|su|nohup|timeout|xargs|docker)?:? ?(?:line )?(?:\d{1,5}: )?(?:no such file or directory: )?(?:unable to execute )?['"]?((?:\.{0,2}|bin|dist|build|out|target|_output)\/[\w.+@\/-]{1,300}?)['"]?(?:: (?:No such file or directory|not found)|$)/,
  read([text = '', a, b], scene, line) {
    if (!/no such file|not found/i.test(line.text)) return undefined;
    const program = a ?? b;
    // A name without a dot before it: what a shell says of a command, and not any tool of a file.
    if (program !== undefined && /^\w/.test(program) && !/sh(?:\[\d+\])?: /.test(text)) return undefined;
    if (
      program !== undefined &&
      (/\.(?:sh|py|pl|rb|js|ts|mjs|go|c|h|cc|cpp|S|s|o|a|so|txt|json|ya?ml|toml|conf|mod|sum|md|lock|in|ac|bat|ps1|d|list|tmpl|html)$/i.test(
        program,
      ) ||
        program.endsWith('/'))
    )
      return undefined;
    if (program !== undefined && toolKind(program) === 'qemu')
      return {
        cause: 'qemu-not-found',
        confidence: 'certain',
        layer: 'run',
        detail: 'not-at-path',
        title: `The emulator ${program} is not there`,
        facts: { program },
      };
    if (
      program !== undefined &&
      (toolKind(program) !== undefined || /\/(?:include|src|share|etc|proc|sys|dev)\//.test(program))
    )
      return undefined;
    const goos = goosOf(scene);
    const facts = program === undefined ? {} : { program };
    // In a chroot the kernel finds no emulator for a program of another CPU, and says ENOENT too.
    const foreign = line.text.startsWith('chroot') && isNative(scene) === false;
    if (goos === 'windows' || goos === 'darwin' || foreign)
      return formatError('file-of-other-system', facts, 'likely');
    return noLoader(
      text.includes('exec user process') ? 'container-start' : 'program-there-loader-not',
      facts,
      'likely',
    );
  },
};

/** ENOEXEC by kernel, shells, container run-times, macOS ("Bad CPU type in executable"), Windows, qemu ("Invalid ELF image for this architecture"). */
const execFormat: Rule = {
  needles: [
    'exec format error',
    'cannot execute binary file',
    'bad cpu type',
    'malformed mach-o',
    'malformed mach',
    'invalid elf image',
    'is not a valid win32',
    'not a valid application for this os',
    'not compatible with the version of windows',
    'exec format',
    'enoexec',
    'unknown system error -8',
    'is not a valid application',
  ],
  pattern:
    /(?:(?<![^\s:'"])([^\s:'"]{1,300})['"]?: )?(?:exec format error|Unknown system error -8\b|spawn \S{1,200} ENOEXEC\b|cannot execute binary file|Bad CPU type in executable|bad CPU type in executable|Malformed Mach-?[Oo] file|Invalid ELF image for this architecture|not a valid Win32 application|not a valid application for this OS|not compatible with the version of Windows)/i,
  read: ([text = '', program]) =>
    formatError(
      /Invalid ELF image/.test(text) ? 'emulator-of-other-machine' : 'other-machine',
      program === undefined ? {} : { program },
      'certain',
    ),
};

const scriptName =
  /(?:^|\/)(?:configure|config|bootstrap|autogen|gradlew|mvnw|build|make|run|test|install|setup|entrypoint|start|deploy|release)[\w-]*$/;

/** A shell that got ENOEXEC takes the file for a script: dash and ash on an ELF header. */
const elfAsScript: Rule = {
  needles: ['syntax error', 'elf'],
  pattern:
    /(?<![\w.\/-])([\w.\/-]{1,200}): (?:line )?([1-9]): (?:\1: )?(?:\W{0,4}ELF\S{0,60}: not found|[Ss]yntax error: (?:"\(" unexpected|"\)" unexpected|word unexpected|[Uu]nterminated quoted string|unexpected "[()]"|unexpected word|unexpected redirection|unexpected end of file))/,
  read([, program = '', number], scene) {
    if (/\.(?:sh|bash|py|pl)$/.test(program) || /^(?:\/bin\/)?(?:ba|da|z)?sh$/.test(program))
      return undefined;
    // Further down only in a build for another machine, and not of the names that scripts go by.
    if (number !== '1' && (isNative(scene) !== false || scriptName.test(program))) return undefined;
    return formatError('taken-for-a-script', { program }, 'likely');
  },
};

/** docker: the image is for another platform than the daemon; it may still run under emulation. */
const imagePlatform: Rule = {
  needles: [
    'does not match the detected host platform',
    'no matching manifest for',
    'no match for platform in manifest',
  ],
  pattern:
    /platform \(([\w\/]{3,40})\) does not match the detected host platform|no matching manifest for (\S{3,40})|no match for platform in manifest/,
  read: ([, image, wanted]) => ({
    ...formatError('image-platform', { value: image ?? wanted ?? '' }, 'likely'),
    confidence: 'hint',
  }),
};

function formatError(detail: string, facts: Facts, confidence: 'certain' | 'likely'): Clue {
  return {
    cause: 'exec-format-error',
    confidence,
    layer: 'run',
    detail,
    title: `${facts.program ?? 'The program'} is for another CPU or system than the one that runs it`,
    facts,
  };
}

export const runRules: readonly Rule[] = [
  symbolVersion,
  packageNeedsGlibc,
  muslLoader,
  byLdd,
  sharedLibrary,
  loader,
  noSuchProgram,
  execFormat,
  elfAsScript,
  imagePlatform,
];
