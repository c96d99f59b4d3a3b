import type { Wording } from './wording.js';

/** What gcc, gas, clang, the linkers, zig and Go itself say of a wrong toolchain by their sources, whether or not a thread has shown it. */
export const sourceWordings: readonly Wording[] = [
  // cmd/go, cmd/cgo, cmd/link.
  [
    'go-too-old',
    'linux/arm64',
    'go: go.mod file indicates go 1.22, but maximum version supported by tidy is 1.19',
  ],
  [
    'conflicting-c-flags',
    'linux/arm64',
    '# x\ncgo: cannot load DWARF output from $WORK/b001//_cgo_.o: decoding dwarf section info at offset 0x0: too short',
  ],
  [
    'cgo-unsupported-target',
    'linux/ppc64',
    '/go/pkg/tool/linux_ppc64/link: /go/pkg/linux_ppc64/net.a(_go_.o): cannot use dynamic imports with -d flag',
  ],
  [
    'not-on-this-target',
    'linux/loong64',
    'imports modernc.org/libc/errno: build constraints exclude all Go files in /go/pkg/mod/modernc.org/libc@v1.22.5/errno',
  ],
  [
    'none',
    'linux/amd64',
    'runtime/cgo(.text): relocation target pthread_mutex_lock not defined for ABI0 (but is defined for ABI0)',
  ],
  // gcc's CPUs and ABIs.
  [
    'conflicting-c-flags',
    'linux/amd64',
    '# runtime/cgo\ncc1: error: CPU you selected does not support x86-64 instruction set',
  ],
  [
    'conflicting-c-flags',
    'linux/arm64',
    '# runtime/cgo\naarch64-linux-gnu-gcc: error: unrecognized -march target: x86-64',
  ],
  [
    'cross-cc-leaked',
    'linux/amd64',
    '# runtime/cgo\narm-linux-gnueabihf-gcc: error: unrecognized -march target: x86-64',
  ],
  [
    'conflicting-c-flags',
    'linux/arm',
    "# runtime/cgo\ncc1: error: switch '-mcpu=cortex-a7' conflicts with switch '-march=armv6' [-Werror]",
  ],
  [
    'conflicting-c-flags',
    'linux/arm',
    '# runtime/cgo\n_cgo_export.c:12:1: sorry, unimplemented: Thumb-1 hard-float VFP ABI',
  ],
  [
    'conflicting-c-flags',
    'linux/riscv64',
    "# runtime/cgo\ncc1: error: requested ABI requires '-march' to subsume the 'D' extension",
  ],
  ['wrong-c-compiler', 'linux/mips', "# x\ngccgo: error: unrecognized argument in option '-mabi=32'"],
  // The assembler of another machine, and one that is taken for a compiler.
  ['wrong-c-compiler', 'linux/arm64', "# runtime/cgo\nas: unrecognized option '-EL'"],
  ['wrong-c-compiler', 'linux/arm', "# runtime/cgo\n/usr/bin/as: unrecognized option '-meabi=5'"],
  ['wrong-c-compiler', 'linux/amd64', "# runtime/cgo\nas: unrecognized option '--64'"],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "# runtime/cgo\nAssembler messages:\nFatal error: invalid -march= option: `armv8-a'",
  ],
  ['invalid-cc', 'linux/arm64', "# runtime/cgo\naarch64-linux-gnu-as: unrecognized option '-dM'"],
  // ld's formats.
  ['wrong-c-compiler', 'linux/arm64', "/usr/bin/ld: cannot represent machine `aarch64'"],
  ['wrong-c-compiler', 'linux/arm64', '/usr/bin/ld: target elf64-littleaarch64 not found'],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "# x\n/usr/bin/ld: unknown architecture of input file `/tmp/go-link-1/go.o' is incompatible with i386:x86-64 output",
  ],
  ['none', 'linux/arm64', 'Makefile:3: target elf not found'],
  // Apple's linkers and lld's.
  [
    'wrong-arch-object',
    'darwin/arm64',
    'ld64.lld: error: /x/libfoo.a(foo.o) has architecture x86_64 which is incompatible with target architecture arm64',
  ],
  [
    'wrong-arch-object',
    'ios/arm64',
    "ld: building for iOS Simulator, but linking in object file built for iOS, file 'libx.a' for architecture arm64",
  ],
  [
    'wrong-arch-object',
    'darwin/arm64',
    "ld: building for 'macOS', but linking in object file (/x/libx.a[2](x.o)) built for 'iOS'",
  ],
  ['wrong-arch-object', 'darwin/arm64', "ld: archive member 'foo.o' not a mach-o file in '/x/libfoo.a'"],
  ['wrong-arch-object', 'darwin/arm64', 'ld: missing required architecture arm64 in file /x/libfoo.dylib'],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "# x\n/go/pkg/tool/darwin_arm64/link: running clang failed: exit status 1\nld: unknown file type in '/var/folders/T/go-link-1/go.o'",
  ],
  [
    'none',
    'darwin/arm64',
    'ld: dylib (/x/libfoo.dylib) was built for newer macOS version (12.0) than being linked (11.0)',
  ],
  // clang says what it makes code for.
  [
    'wrong-c-compiler',
    'linux/amd64',
    "# runtime/cgo\nclang: error: unsupported option '-fPIC' for target 'x86_64-pc-windows-msvc'",
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "# runtime/cgo\nclang: error: unsupported option '-pthread' for target 'x86_64-apple-darwin22.1.0'",
  ],
  [
    'none',
    'linux/amd64',
    "# x\nclang: error: unsupported option '-fvisibility' for target 'x86_64-unknown-linux-gnu'",
  ],
  // zig.
  ['zig-quirk', 'linux/arm64', '# runtime/cgo\nerror: sub-compilation of glibc failed'],
  [
    'zig-quirk',
    'linux/arm64',
    '# runtime/cgo\nerror: unable to resolve zig cache directory: AppDataDirUnavailable',
  ],
  [
    'zig-quirk',
    'linux/arm64',
    "CC='zig cc' go build .\n# runtime/cgo\nthread 4711 panic: reached unreachable code",
  ],
  ['none', 'linux/arm64', 'thread 4711 panic: reached unreachable code'],
  [
    'zig-quirk',
    'darwin/amd64',
    'warning: unsupported linker arg: -headerpad\n/go/pkg/tool/darwin_amd64/link: running dsymutil failed: exit status 1\nLLVM ERROR: Malformed MachO file.',
  ],
  [
    'zig-quirk',
    'darwin/arm64',
    "# net\n/go/src/net/cgo_unix_cgo_darwin.go:10:10: fatal error: 'resolv.h' file not found",
  ],
  // The machine, and programs that run.
  ['out-of-memory', 'linux/arm64', 'collect2: fatal error: ld terminated with signal 9 [Killed]'],
  ['out-of-memory', 'linux/arm64', 'clang: error: unable to execute command: Killed'],
  [
    'none',
    'linux/amd64',
    'collect2: fatal error: ld terminated with signal 11 [Segmentation fault], core dumped',
  ],
  [
    'glibc-too-old',
    'linux/amd64',
    './app: relocation error: ./app: symbol pthread_create version GLIBC_2.34 not defined in file libc.so.6 with link time reference',
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    './app: error while loading shared libraries: libfoo.so: invalid ELF header',
  ],
  ['exec-format-error', 'linux/arm64', 'Error: spawn /app/bin/tool ENOEXEC'],
  [
    'emulation-crash',
    'linux/arm64',
    "qemu-aarch64-static: ../accel/tcg/cpu-exec.c:523: cpu_exec_longjmp_cleanup: Assertion `cpu == current_cpu' failed.",
  ],
  [
    'not-on-this-target',
    'freebsd/amd64',
    "# x\nsqlite3-binding.c:31162:42: error: use of undeclared identifier 'pread64'",
  ],
  // What a run, an emulator or a package manager says.
  ['not-on-this-target', 'linux/arm', "# x\nx.c:4:9: error: '__int128' is not supported on this target"],
  ['not-on-this-target', 'linux/386', "# x\nx.c:4:1: error: expected expression before '__int128'"],
  ['not-on-this-target', 'linux/arm', "# x\nx.c:4:1: error: unknown type name '__int128_t'"],
  ['cgo-disabled', 'linux/arm', 'user: Current not implemented on linux/arm'],
  ['cgo-disabled', 'linux/amd64', 'plugin.Open: plugin: not implemented'],
  [
    'wrong-arch-object',
    'darwin/arm64',
    'dlopen(x.so, 2): no suitable image found.  Did find:\n\t/opt/x.so: mach-o, but wrong architecture',
  ],
  [
    'wrong-arch-object',
    'darwin/arm64',
    "tried: '/opt/libfoo.dylib' (fat file, but missing compatible architecture (have 'i386,x86_64', need 'arm64e'))",
  ],
  ['exec-format-error', 'linux/arm64', './app: line 1: syntax error: unexpected ")"'],
  [
    'glibc-too-old',
    'linux/amd64',
    'Error: \n Problem: nothing provides libc.so.6(GLIBC_2.34)(64bit) needed by app-1.0.x86_64',
  ],
  ['glibc-too-old', 'linux/amd64', ' app : Depends: libc6 (>= 2.34) but 2.31-13+deb11u5 is to be installed'],
  ['illegal-instruction', 'windows/amd64', 'exit status 0xc000001d'],
  ['missing-shared-library', 'windows/amd64', 'exit status 0xc0000135'],
  ['wrong-arch-object', 'windows/amd64', 'exit status 0xc000007b'],
  [
    'emulation-crash',
    'linux/arm64',
    '#12 [linux/arm64 build 3/3] RUN go build .\n#12 ERROR: process "/dev/.buildkit_qemu_emulator /bin/sh -c go build ." did not complete successfully: exit code: 139',
  ],
  [
    'emulation-crash',
    'linux/amd64',
    'assertion failed [rem_idx != -1]: Unable to find existing allocation for shared memory segment to unmap\n(VMAllocationTracker.cpp:745 remove_shared_mem)',
  ],
  [
    'emulation-crash',
    'linux/amd64',
    'rosetta error: unexpectedly need to EmulateForward on a synchronous exception',
  ],
  [
    'emulation-crash',
    'linux/arm',
    'runtime: epollwait on fd 4 failed with 38\nfatal error: runtime: netpoll failed',
  ],
  ['unsupported-mode', 'linux/amd64', '-asan is not supported with gcc compiler 5.4'],
  ['conflicting-c-flags', 'linux/amd64', '/usr/bin/ld: -r and -pie may not be used together'],
  [
    'conflicting-c-flags',
    'ios/arm64',
    "# runtime/cgo\nclang: error: invalid argument '-mmacosx-version-min=10.9' not allowed with '-miphoneos-version-min=12.0'",
  ],
  [
    'library-too-old',
    'linux/amd64',
    '# github.com/libgit2/git2go/v34\nIn file included from wrapper.c:1:\n/go/pkg/mod/github.com/libgit2/git2go/v34@v34.0.0/Build_system_dynamic.go:14:3: error: #error "Invalid libgit2 version; this git2go supports libgit2 between v1.5.0 and v1.5.0"',
  ],
  ['broken-goroot', 'linux/amd64', 'package internal/abi is not in GOROOT (/usr/lib/go/src/internal/abi)'],
  ['none', 'linux/amd64', "Error: Cannot find module 'node:fs'"],
  ['none', 'linux/arm64', 'dial tcp: lookup proxy.golang.org on 127.0.0.11:53: server misbehaving'],
  ['none', 'linux/arm64', '# x\nx.c:9:1: error: static assertion failed: "bad config"'],
  ['none', 'linux/arm64', 'error: failed to push some refs to origin'],
  ['none', 'linux/amd64', 'app : Depends: libfoo (>= 2.34) but 2.31 is to be installed'],
  [
    'none',
    'linux/amd64',
    'plugin.Open("x"): plugin was built with a different version of package internal/abi',
  ],
  ['cgo-disabled', 'linux/amd64', 'panic: user: Lookup not implemented on linux/amd64'],
  ['none', 'windows/amd64', 'plugin.Open: plugin: not implemented'],
  ['none', 'linux/amd64', "# x\nx.c:4:1: error: expected expression before '__int128'"],
  ['none', 'linux/arm64', 'exit status 3221225786'],
  ['missing-shared-library', 'windows/amd64', 'exit status 3221225781'],
  ['illegal-instruction', 'windows/amd64', 'Process finished with the exit code -1073741795'],
  [
    'emulation-crash',
    'linux/arm64',
    '#9 [linux/arm64 build 3/3] RUN go build .\n#9 3.679 fatal error: schedule: holding locks',
  ],
  [
    'none',
    'linux/amd64',
    '#9 [linux/amd64 build 3/3] RUN go build .\n#9 3.679 fatal error: schedule: holding locks',
  ],
  [
    'none',
    'linux/arm64',
    '#9 [linux/arm64 build 3/3] RUN go test .\n#9 3.679 fatal error: all goroutines are asleep - deadlock!',
  ],
  [
    'emulation-crash',
    'linux/arm64',
    'go: error obtaining buildID for go tool compile: fork/exec /usr/local/go/pkg/tool/linux_arm64/compile: invalid argument',
  ],
  [
    'not-on-this-target',
    'windows/amd64',
    "src\\github.com\\x\\wu\\command.go:67: unknown syscall.SysProcAttr field 'Setpgid' in struct literal",
  ],
  ['none', 'linux/amd64', '# x\nx.c:3:2: error: #error "a C++11 compiler is required, gcc 4.8 or newer"'],
];
