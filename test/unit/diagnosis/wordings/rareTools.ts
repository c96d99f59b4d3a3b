import type { Wording } from './wording.js';

/* Rare targets and old tools, C build systems, and other words for what is usually said otherwise. */
export const rareWordings: readonly Wording[] = [
  // Warnings that are errors in runtime/cgo say how it was compiled, unless they tell of another machine's headers
  [
    'conflicting-c-flags',
    'linux/amd64',
    '# runtime/cgo\n/nix/store/glibc-dev/include/features.h:414:4: error: #warning _FORTIFY_SOURCE requires compiling with optimization (-O) [-Werror=cpp]\ncc1: all warnings being treated as errors',
  ],
  [
    'conflicting-c-flags',
    'linux/arm',
    '# runtime/cgo\ngcc_libinit.c:44:8: error: large atomic operation may incur significant performance penalty [-Werror,-Watomic-alignment]',
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "# runtime/cgo\ngcc_linux_arm64.c:68:9: error: implicit declaration of function 'sigfillset' [-Werror=implicit-function-declaration]",
  ],
  // Apple's, the BSDs' and Solaris' C side by the host's compiler
  ['c-compiler-not-found', 'darwin/amd64', '# net\ncould not determine kind of name for C.AI_MASK'],
  [
    'c-compiler-not-found',
    'freebsd/arm64',
    "# runtime/cgo\ngcc_arm64.S: Assembler messages:\ngcc_arm64.S:30: Error: no such instruction: `stp x29,x30,[sp,'",
  ],
  [
    'c-compiler-not-found',
    'dragonfly/amd64',
    '# runtime/cgo\ngcc_dragonfly_amd64.c:6:10: fatal error: sys/signalvar.h: No such file or directory',
  ],
  [
    'c-compiler-not-found',
    'illumos/amd64',
    '# example.com/app\n/usr/local/go/pkg/tool/linux_amd64/link: running gcc failed: exit status 1\n/usr/bin/ld: cannot find -lxnet: No such file or directory\n/usr/bin/ld: cannot find -lsocket: No such file or directory',
  ],
  // Two word sizes in one MIPS compiler, and one C library
  [
    'wrong-c-compiler',
    'linux/mips64le',
    '# runtime/cgo\n/usr/mipsel-linux-gnu/include/gnu/stubs.h:35:11: fatal error: gnu/stubs-n64_hard.h: No such file or directory',
  ],
  [
    'broken-sysroot',
    'linux/mips',
    '/opt/sdk/bin/ld: cannot find /usr/mipsel-linux-gnu/lib/libc.so.6: No such file or directory',
  ],
  // Cygwin's and MSYS' gcc, and libraries of Windows' compilers
  [
    'wrong-c-compiler',
    'windows/amd64',
    "C:\\Temp\\go-link-0\\000002.o: In function `_cgo_0_C2func_Value':\n/c/Temp/go-build0/b035/cgo-gcc-prolog:53: undefined reference to `__errno'",
  ],
  [
    'missing-target-library',
    'windows/amd64',
    "C:\\Temp\\go-link-0\\000005.o: in function `fingerprint':\nparser.c:730: undefined reference to `__stack_chk_fail'",
  ],
  [
    'incompatible-prebuilt-library',
    'windows/amd64',
    'golib.lib(000000.o) : error LNK2019: unresolved external symbol __mingw_vfprintf referenced in function fprintf',
  ],
  // C build systems
  [
    'c-compiler-not-found',
    'linux/arm64',
    'checking for aarch64-linux-gnu-gcc... no\nconfigure: error: no acceptable C compiler found in $PATH',
  ],
  [
    'c-compiler-not-found',
    'linux/arm64',
    '  The CMAKE_C_COMPILER:\n\n    aarch64-linux-gnu-gcc\n\n  is not a full path and was not found in the PATH.',
  ],
  ['cxx-compiler-not-found', 'linux/arm', '  No CMAKE_CXX_COMPILER could be found.'],
  ['invalid-cc', 'linux/arm', 'configure: error: C compiler cannot create executables'],
  [
    'library-too-old',
    'linux/amd64',
    '/go/pkg/mod/example.com/git2go@v33.0.1/build.go:14:3: error: #error "Invalid libgit2 version; this binding supports libgit2 between v1.3.0 and v1.3.0"',
  ],
  [
    'library-too-old',
    'linux/amd64',
    '/go/pkg/mod/example.com/seccomp@v0.10.0/internal.go:23:2: error: #error "This package requires libseccomp >= v2.3.1"',
  ],
  [
    'linker-not-found',
    'linux/amd64',
    "gcc: fatal error: cannot execute 'ld.lld': execvp: No such file or directory",
  ],
  // At run
  [
    'unaligned-64bit-atomic',
    'linux/arm',
    '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x11438]\n\ngoroutine 1 [running]:\nruntime/internal/atomic.Cas64(0x10410074, 0x1, 0x0, 0x2, 0x0, 0x7b728)',
  ],
  ['unaligned-64bit-atomic', 'linux/386', 'sync/atomic.AddUint64(0x18b2a0c4, 0x1, 0x0, 0x0, 0x0)'],
  ['none', 'linux/386', 'sync/atomic.AddUint64(0x18b2a0c0, 0x1, 0x0, 0x0, 0x0)'],
  ['none', 'linux/amd64', 'sync/atomic.AddUint64(0xc00001204c, 0x1)'],
  ['exec-format-error', 'linux/arm64', './openthing: 4: Syntax error: Unterminated quoted string'],
  ['none', 'linux/arm64', './configure: 4: Syntax error: Unterminated quoted string'],
  ['none', 'linux/amd64', './openthing: 4: Syntax error: Unterminated quoted string'],
  [
    'qemu-not-found',
    'linux/arm64',
    "chroot: failed to run command '/usr/bin/qemu-aarch64-static': No such file or directory",
  ],
  ['emulation-crash', 'linux/amd64', 'qemu-x86_64-static: QEMU internal SIGSEGV {code=MAPERR, addr=0x20}'],
  [
    'emulation-crash',
    'linux/arm',
    '#14 0.5 runtime: failed to create new OS thread (have 2 already; errno=22)\n#14 0.5 fatal error: newosproc',
  ],
  ['none', 'linux/arm', 'runtime: failed to create new OS thread (have 11 already; errno=11)'],
  ['wrong-os-artifact', 'linux/arm64', 'dist/app: Mach-O 64-bit arm64 executable'],
  [
    'wrong-os-artifact',
    'linux/amd64',
    './app: PE32+ executable (console) x86-64, for MS Windows, 15 sections',
  ],
  [
    'none',
    'linux/arm64',
    'dist/app: ELF 64-bit LSB executable, ARM aarch64, version 1 (SYSV), statically linked',
  ],
  // Go itself
  [
    'unsupported-target',
    'linux/arm64',
    'ERROR: failed to parse platform : "" is an invalid component of "": platform specifier component must match "^[A-Za-z0-9_.-]+$"',
  ],
  [
    'broken-goroot',
    'linux/amd64',
    'go: error obtaining buildID for go tool compile: fork/exec /opt/go/pkg/tool/linux_amd64/compile: permission denied',
  ],
  [
    'cgo-disabled',
    'windows/amd64',
    '# example.com/confluent-kafka-go/v2/kafka\nkafka/consumer.go:30:10: undefined: handle',
  ],
  [
    'not-on-this-target',
    'linux/arm64',
    'vendor/example.com/seccomp/filter.go:91: undefined: jumpEqualTo\nvendor/example.com/seccomp/filter.go:93: undefined: jumpNotEqualTo',
  ],
  [
    'cgo-disabled',
    'linux/arm64',
    'vendor/example.com/zstd/writer.go:12:3: undefined: freeWriter\nvendor/example.com/zstd/writer.go:14:3: undefined: CDict',
  ],
  [
    'unsupported-mode',
    'linux/amd64',
    "# runtime/cgo\ngcc: error: unrecognized argument to '-fsanitize=' option: 'memory'",
  ],
  [
    'broken-sysroot',
    'android/arm',
    '# runtime/cgo\n/ndk/arm-linux-androideabi-4.9/lib/gcc/arm-linux-androideabi/4.9.x/../../../../arm-linux-androideabi/bin/ld: error: cannot open crtbegin_dynamic.o: No such file or directory',
  ],
  [
    'wrong-c-compiler',
    'android/arm64',
    '# runtime/cgo\n/usr/bin/ld: cannot find crtbegin_dynamic.o: No such file or directory',
  ],
  ['missing-shared-library', 'linux/arm', "/usr/bin/app: can't load library 'libc.so.0'"],
  [
    'not-on-this-target',
    'linux/riscv64',
    '# github.com/boltdb/bolt\n../bolt/db.go:10:30: undefined: maxMapSize',
  ],
  [
    'wrong-c-compiler',
    'linux/amd64',
    "# runtime/cgo\nlinux_syscall.c:67:13: error: implicit declaration of function 'setresgid' is invalid in C99 [-Werror,-Wimplicit-function-declaration]",
  ],
  [
    'float-abi-mismatch',
    'linux/arm',
    "ld.lld: error: lib.a(x.o): floating point ABI '-mdouble-float' is incompatible with target floating point ABI '-msoft-float'",
  ],
  ['exec-format-error', 'linux/arm64', 'Error: spawn Unknown system error -8'],
];
