import type { Wording } from './wording.js';

/** More of what public threads show: files of one platform, names of other systems, tools for phones, libraries' own libraries. */
export const threadWordings: readonly Wording[] = [
  // Of a package parted by platform cgo alone is left as the reason.
  ['cgo-disabled', 'linux/amd64', 'gpu/cards_linux.go:20:9: undefined: MinMemory'],
  [
    'cgo-disabled',
    'freebsd/amd64',
    '# example.org/exporter/collector\ncollector/boot_bsd.go:23:41: undefined: bsdValue',
  ],
  ['cgo-disabled', 'windows/amd64', 'src/github.com/x/ui/desktop/app.go:12:31: undefined: NewDriver'],
  [
    'not-on-this-target',
    'openbsd/amd64',
    'src/github.com/x/psutil/process/process.go:135:15: undefined: Pids',
  ],
  ['not-on-this-target', 'linux/riscv64', 'x/calls_linux.go:7:2: undefined: sysArgs'],
  ['none', 'linux/arm64', './main.go:20:9: undefined: minMemory'],
  ['none', 'linux/arm64', 'gpu/cards.go:20:9: undefined: MinMemory'],
  ['none', 'linux/arm64', 'src/github.com/me/app/main.go:16:2: undefined: prinltn'],
  // C that names what the target's system does not have.
  [
    'not-on-this-target',
    'windows/amd64',
    "# x\nwait.c:9:2: error: implicit declaration of function 'sleep' [-Werror=implicit-function-declaration]",
  ],
  [
    'not-on-this-target',
    'windows/amd64',
    "# x\nx.c:9:2: error: call to undeclared function 'fork'; ISO C99 and later do not support implicit function declarations",
  ],
  ['not-on-this-target', 'windows/386', "# x\n./term.go:14:2: error: unknown type name 'sigset_t'"],
  [
    'not-on-this-target',
    'darwin/arm64',
    "# x\nx.c:9:12: error: use of undeclared identifier 'EPOLL_CLOEXEC'",
  ],
  [
    'not-on-this-target',
    'freebsd/amd64',
    "# x\nx.c:9:7: error: 'PR_SET_NAME' undeclared (first use in this function)",
  ],
  ['not-on-this-target', 'linux/amd64', "# x\nx.c:9:2: error: unknown type name 'HANDLE'"],
  [
    'not-on-this-target',
    'windows/amd64',
    "# x\nx.c:9:17: error: field 'lim' has incomplete type 'struct rlimit'",
  ],
  ['none', 'linux/amd64', "# x\nx.c:9:2: error: implicit declaration of function 'sleep'"],
  ['none', 'windows/amd64', "# x\nx.c:9:2: error: implicit declaration of function 'my_own'"],
  ['none', 'windows/amd64', "# x\nx.c:9:2: warning: implicit declaration of function 'fork'"],
  // A compiler of the very target gets x86's flag from a step for the machine itself.
  ['cross-cc-leaked', 'linux/arm', "arm-linux-gnueabi-gcc: error: unrecognized command line option '-m64'"],
  [
    'conflicting-c-flags',
    'linux/arm',
    "# runtime/cgo\narm-linux-gnueabi-gcc: error: unrecognized command-line option '-m64'",
  ],
  // zig's own libraries and its glibc.
  [
    'zig-quirk',
    'linux/amd64',
    'ld.lld: error: undefined symbol: aligned_alloc\n>>> referenced by a.h:42\n>>>               /h/.cache/zig/o/abb06cda9f56d698d0ad82e7ae1b1251/m.o:(f) in archive /h/.cache/zig/o/858bb89e3ebd9dc087ffd22912a301b0/libc++abi.a',
  ],
  [
    'zig-quirk',
    'linux/amd64',
    'ld.lld: error: undefined symbol: fcntl64\n>>> referenced by x.c\n>>> did you mean: fcntl64@GLIBC_2.28\n>>> defined in: /h/.cache/zig/o/2723a939ae2a5ffa91d29e2389d18ffc/libc.so.6',
  ],
  // A library's library.
  [
    'missing-target-library',
    'linux/arm',
    "ld: warning: libinner.so.1, needed by /opt/lib/libouter.so, not found (try using -rpath or -rpath-link)\nld: /opt/lib/libouter.so: undefined reference to `inner_log'\ncollect2: error: ld returned 1 exit status",
  ],
  [
    'none',
    'linux/arm',
    'ld: warning: libinner.so.1, needed by /opt/lib/libouter.so, not found (try using -rpath or -rpath-link)',
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    'ld.lld: error: undefined reference due to --no-allow-shlib-undefined: memfd_create@GLIBC_2.27\n>>> referenced by /usr/lib/libx.so',
  ],
  // Apple's linker and run-time.
  [
    'linker-not-found',
    'darwin/arm64',
    "# app\n/usr/lib/go/pkg/tool/linux_amd64/link: running /opt/osxcross/bin/o64-clang failed: exit status 1\n/usr/bin/ld: unrecognized option '-dynamic'",
  ],
  ['missing-target-libc', 'ios/arm64', 'ld: library not found for -lcrt1.3.1.o'],
  [
    'missing-target-libc',
    'darwin/arm64',
    'Undefined symbols for architecture arm64:\n  "___isPlatformVersionAtLeast", referenced from:\n      _connect in libx.a(x.o)',
  ],
  // Phones.
  [
    'c-compiler-not-found',
    'android/arm',
    'gomobile: no Android NDK found in $ANDROID_HOME/ndk-bundle nor in $ANDROID_NDK_HOME',
  ],
  [
    'c-compiler-not-found',
    'android/arm64',
    'No compiler for arm64 was found in the NDK (tried /x/clang). Make sure your NDK version is >= r19c.',
  ],
  ['c-compiler-not-found', 'ios/arm64', '-os=ios requires XCode'],
  // Odd spacing of a chat or a table.
  ['glibc-too-old', 'linux/arm64', "app: libm. so. 6: version ` GLIBC_2.29 'not found (required by app)"],
  [
    'unsupported-mode',
    'linux/arm64',
    "real-ld: /tmp/go-link-1/go.o: in function `runtime.racewritepc':\ngo.go:(.text+0x5aadc): undefined reference to `__tsan_write_pc'",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/arm64',
    '/usr/bin/ld: (.text+0x10): warning: too many GOT entries for -fpic, please recompile with -fPIC\ncollect2: error: ld returned 1 exit status',
  ],
  [
    'none',
    'linux/amd64',
    "./libtest.a(junk.o): In function `f()':\njunk.cpp:(.text+0x3f): undefined reference to `std::ios_base::Init::Init()'",
  ],
  [
    'unsupported-target',
    null,
    '# runtime/internal/sys\nintrinsics_stubs.go:9:6: missing function body for "Ctz64"\ncompile: unknown TLS base register for 0',
  ],
  [
    'out-of-memory',
    'linux/amd64',
    '[  146.882598] Out of memory: Killed process 4339 (compile) total-vm:8936312kB',
  ],
  ['none', 'linux/amd64', '[  146.882598] Out of memory: Killed process 4339 (java) total-vm:8936312kB'],
  // Windows' and Android's compilers bring these headers, whoever includes them.
  [
    'wrong-c-compiler',
    'windows/amd64',
    '# x\nwin_windows.go:5:10: fatal error: windows.h: No such file or directory',
  ],
  ['wrong-c-compiler', 'android/arm64', "# x\nlog.c:2:10: fatal error: 'android/log.h' file not found"],
  ['missing-loader', 'linux/amd64', '/bin/sh: bin/tool: not found'],
  ['none', 'linux/amd64', 'bin/tool: not found'],
  ['none', 'linux/amd64', 'make: bin/tool: No such file or directory'],
  ['unsupported-mode', 'android/arm64', 'error: "./app" has unexpected e_type: 2'],
  ['unsupported-mode', 'android/arm', 'error: only position independent executables (PIE) are supported.'],
  [
    'incompatible-prebuilt-library',
    'android/arm64',
    'ld.lld: error: undefined symbol: __ctype_b_loc\n>>> referenced by parse.c\n>>>               parse.o:(parse) in archive x/libx.a',
  ],
  ['none', 'linux/arm64', 'ld.lld: error: undefined symbol: __ctype_b_loc\n>>> referenced by parse.c'],
  [
    'go-too-old',
    'android/arm',
    'ld: error: duplicate symbol: x_cgo_inittls\n>>> defined at gcc_android.c:90',
  ],
  [
    'none',
    'linux/amd64',
    "libb.a(000005.o): multiple definition of `x_cgo_inittls'; liba.a(000005.o): first defined here",
  ],
  ['cgo-disabled', 'linux/arm', '# github.com/x/oto\n../../x/oto/context.go:9:12: undefined: newDriver'],
  ['cgo-disabled', 'windows/amd64', 'token.go:9:12: undefined: pkcs11.New'],
  [
    'broken-sysroot',
    'darwin/arm64',
    '# runtime/cgo\n/opt/MacOSX10.15.sdk/usr/include/sys/cdefs.h:807:2: error: Unsupported architecture',
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    '# runtime/cgo\n/opt/MacOSX14.sdk/usr/include/machine/types.h:37:2: error: architecture not supported',
  ],
  ['invalid-cc', 'linux/amd64', '#12 26.1 go build runtime/cgo: gcc: exit status 1'],
  [
    'missing-target-libc',
    'linux/386',
    '/usr/bin/ld: skipping incompatible /usr/lib/gcc/x86_64-linux-gnu/9/libgfortran.so when searching for -lgfortran\n/usr/bin/ld: cannot find -lgfortran',
  ],
  ['cgo-disabled', 'freebsd/amd64', 'm@v1.2.3/os_freebsd.go:18:27: undefined: xfreebsd.New'],
  ['none', 'freebsd/amd64', 'os_freebsd.go:18:27: undefined: xfreebsd.New'],
];
