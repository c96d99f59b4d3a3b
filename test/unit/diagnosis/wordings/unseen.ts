import type { Wording } from './wording.js';

/** Words that public threads and real tools had beyond those of the other lists, each for the mechanism behind it. */
export const unseenWordings: readonly Wording[] = [
  [
    'missing-loader',
    'linux/amd64',
    "fish: The file './app' specified the interpreter '/lib64/ld-linux-x86-64.so.2', which is not an executable command.",
  ],
  [
    'none',
    'linux/amd64',
    "fish: The file './tool' specified the interpreter '/usr/bin/python2', which is not an executable command.",
  ],
  ['stale-build-cache', 'linux/arm64', 'net is stale: build ID mismatch'],
  ['wrong-arch-object', 'linux/arm64', 'example.com/app: rsrc.syso: elf object but not arm64'],
  ['wrong-arch-object', 'linux/amd64', 'example.com/app: lib.syso: loadmacho: mach-o object but not amd64'],
  ['zig-quirk', 'darwin/arm64', "error: unable to find framework 'CoreFoundation'. searched paths:  none"],
  [
    'zig-quirk',
    'darwin/arm64',
    "error: unable to find dynamic system library 'resolv' using strategy 'paths_first'. searched paths: none",
  ],
  [
    'missing-target-library',
    'linux/arm64',
    "error: unable to find dynamic system library 'seccomp' using strategy 'paths_first'. searched paths:\n  none",
  ],
  ['zig-quirk', 'windows/amd64', "zig: error: unrecognized option 'libmsvcrt-os.a'"],
  [
    'zig-quirk',
    'linux/amd64',
    "CC='zig cc' go test -race .\n# pkg.test\nruntime/race/internal/amd64v1(.text): relocation target __popcountdi2 not defined",
  ],
  [
    'emulation-crash',
    'linux/arm64',
    '#35 [linux/arm64 builder 11/12] RUN go build -o /controller main.go\n#35 232.4 # crypto/internal/boring\n#35 232.4 gcc: internal compiler error: Segmentation fault signal terminated program cc1',
  ],
  [
    'emulation-crash',
    'linux/arm64',
    ' > [linux/arm64 build 6/6] RUN go build ./cmd/f3:\n87.02 runtime/cgo: gcc: signal: segmentation fault (core dumped)',
  ],
  [
    'none',
    'linux/amd64',
    '# crypto/internal/boring\ngcc: internal compiler error: Segmentation fault signal terminated program cc1',
  ],
  [
    'none',
    'linux/amd64',
    '#9 [linux/amd64 builder 3/3] RUN go build .\n#9 2.4 runtime/cgo: gcc: signal: segmentation fault (core dumped)',
  ],
  [
    'cgo-disabled',
    'linux/amd64',
    '# github.com/x/crawl\nruntime.raceinit: undefined: runtime/race.Initialize\ndl_iterate_phdr(0): not defined',
  ],
  [
    'int-overflow-32bit',
    'linux/arm',
    '# github.com/x/runc/vendor/github.com/cilium/ebpf\nvendor/github.com/cilium/ebpf/syscalls.go:285:17: constant 3405662737 overflows int32',
  ],
  ['none', 'linux/arm', './main.go:5:17: constant 3405662737 overflows int32'],
  ['none', 'linux/arm64', 'vendor/github.com/x/y/a.go:5:17: constant 3405662737 overflows int32'],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    "/usr/bin/ld: librdkafka_glibc_linux.a(tinycthread_extra.o): in function `rwl_rdlock':\n(.text+0x66a3): undefined reference to `timespec_get'",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/arm64',
    "/root/go/pkg/mod/github.com/c/kafka@v2.3.0/lib/librdkafka_musl_linux_arm64.a(rdkafka_sasl.o):function rd_kafka_close: error: undefined reference to 'sasl_dispose'",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    "mold: error: /w/lib/libfoo.a(foo.o):(.text): R_X86_64_32S relocation at offset 0x13 against symbol `table' can not be used; recompile with -fPIC",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    '/usr/bin/ld.gold: error: /w/lib/libfoo.a(foo.o): requires unsupported dynamic reloc 11; recompile with -fPIC',
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    "ld.lld: error: relocation R_X86_64_32S cannot be used against symbol 'table'; recompile with -fPIC\n>>> defined in lib/libfoo.a(foo.o)",
  ],
  [
    'invalid-cc',
    'linux/arm64',
    "# runtime/cgo\ninfo: available architectures:\n aarch64\n aarch64_be\n\nerror: unknown architecture: 'arm64'",
  ],
  [
    'missing-static-library',
    'linux/amd64',
    '/usr/bin/ld: cannot find -lsystemd\ncollect2: error: ld returned 1 exit status\n+ go build -ldflags \'-extldflags "-static"\'',
  ],
  [
    'missing-target-library',
    'linux/arm64',
    'meson.build:12:11: ERROR: Dependency "glib-2.0" not found, tried pkgconfig and cmake',
  ],
  [
    'missing-target-library',
    'linux/arm64',
    "../meson.build:40:2: ERROR: C shared or static library 'cap' not found",
  ],
  [
    'missing-host-library',
    'linux/amd64',
    'CMake Error: Could NOT find ZLIB (missing: ZLIB_LIBRARY ZLIB_INCLUDE_DIR)',
  ],
  [
    'pkg-config-not-found',
    'linux/arm64',
    'CMake Error: Could NOT find PkgConfig (missing: PKG_CONFIG_EXECUTABLE)',
  ],
  ['none', 'linux/arm64', '-- Could NOT find Doxygen (missing: DOXYGEN_EXECUTABLE)'],
  [
    'missing-target-library',
    'linux/arm64',
    'configure: error: Package requirements (libnl-3.0 >= 3.1) were not met:',
  ],
  [
    'cross-cc-leaked',
    'linux/arm',
    'meson.build:1:0: ERROR: Executables created by c compiler arm-linux-gnueabihf-gcc are not runnable.',
  ],
  [
    'cross-cc-leaked',
    'linux/arm',
    "ERROR: Could not invoke sanity test executable: [Errno 8] Exec format error: '/w/meson-private/sanitycheckc.exe'",
  ],
  [
    'invalid-cc',
    'linux/arm',
    'meson.build:1:0: ERROR: Compiler arm-linux-gnueabihf-gcc can not compile programs.',
  ],
  [
    'conflicting-c-flags',
    'windows/amd64',
    '# command-line-arguments\nC:\\go\\pkg\\tool\\windows_amd64\\link.exe: running gcc failed: exit status 1\nlld: error: unknown argument: -T\ncollect2.exe: error: ld returned 1 exit status',
  ],
  ['none', 'linux/amd64', 'lld: error: unknown argument: -T'],
  [
    'library-too-old',
    'linux/amd64',
    '# github.com/libgit2/git2go\n../git2go/checkout.go:20:3: could not determine kind of name for C.GIT_CHECKOUT_DONT_WRITE_INDEX',
  ],
  [
    'none',
    'linux/amd64',
    '# command-line-arguments\n./main.go:15:6: could not determine kind of name for C.CStirng',
  ],
  [
    'not-on-this-target',
    'linux/s390x',
    'src/github.com/in-toto/go-witness/attestation/commandrun/tracing_linux.go:167:14: undefined: getSyscallArgs',
  ],
  ['none', 'linux/amd64', 'src/github.com/me/app/main.go:16:2: undefined: prinltn'],
  [
    'not-on-this-target',
    'linux/mips',
    "src/golang.org/x/sys/unix/flock.go:15:30: error: reference to undefined name 'SYS_FCNTL'",
  ],
  [
    'cgo-disabled',
    'linux/amd64',
    '# github.com/mattn/go-sqlite3\n../../../mattn/go-sqlite3/sqlite3.c:241 unknown #: if\n../../../mattn/go-sqlite3/sqlite3.c:343 macro redefined: SQLITE_INT_TO_PTR',
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    "# runtime/cgo\nclang: error: argument unused during compilation: '-mno-thumb'",
  ],
  [
    'cgo-disabled',
    'linux/arm64',
    '../go/pkg/mod/github.com/marcboeker/go-duckdb/mapping@v0.0.9/mapping_linux_arm64.go:11:22: undefined: bindings.Type',
  ],
  [
    'missing-target-library',
    'freebsd/amd64',
    '# tinygo.org/x/go-llvm\n/w/pkg/mod/tinygo.org/x/go-llvm@v0.0.0-2024/analysis.go:16:10: fatal error: \'llvm-c/Analysis.h\' file not found\n   16 | #include "llvm-c/Analysis.h"',
  ],
  [
    'wrong-c-compiler',
    'linux/amd64',
    '/x/go_sdk/pkg/tool/darwin_amd64/link: running cc_wrapper.sh failed: exit status 1\nld: warning: ignoring file /var/folders/T/go-link-123/go.o, file was built for unsupported file format ( 0x7F 0x45 0x4C 0x46 ) which is not the architecture being linked (x86_64)',
  ],
  [
    'unsupported-mode',
    'linux/mips64le',
    '# internal/goos\ncompile: linux/mips64le does not support -shared\n# internal/itoa\ncompile: linux/mips64le does not support -shared',
  ],
  [
    'pkg-config-not-found',
    'linux/arm64',
    'Please install dpkg-dev to use pkg-config when cross-building\naarch64-linux-gnu-pkg-config: exit status 1',
  ],
  [
    'not-on-this-target',
    'freebsd/arm',
    '# golang.org/x/sys/unix\nunix/cap_freebsd.go:46: undefined: CapRights\nunix/cap_freebsd.go:179: too many errors',
  ],
  [
    'broken-sysroot',
    'android/arm',
    "# runtime/cgo\n/tmp/go-build8/runtime/cgo/_obj/gcc_android.o:gcc_android.c:function fatalf: error: undefined reference to 'stderr'\ncollect2: error: ld returned 1 exit status",
  ],
  [
    'go-too-old',
    'linux/amd64',
    '/root/go/pkg/mod/golang.org/x/exp@v0.0.0-2022/constraints/constraints.go:13:9: error: invalid character 0x7e in input file\n   13 |         ~int | ~int8',
  ],
  [
    'go-too-old',
    'linux/arm64',
    '# golang.org/x/exp/slices\n/go/pkg/mod/golang.org/x/exp@v0.0.0-2022/slices/sort.go:19:11: syntax error: unexpected [, expecting (',
  ],
  [
    'go-too-old',
    'linux/arm64',
    '/go/pkg/mod/github.com/a/b@v1.2.0/loop.go:9:18: cannot range over 10 (untyped int constant)',
  ],
  ['none', 'linux/arm64', './loop.go:9:18: syntax error: unexpected [, expecting ('],
  ['none', 'linux/arm64', 'vendor/github.com/a/b/loop.go:9:18: cannot range over x (variable of type T)'],
  [
    'broken-goroot',
    'linux/amd64',
    'go tool compile: fork/exec /go/src/go/pkg/tool/linux_amd64/compile: no such file or directory',
  ],
];
