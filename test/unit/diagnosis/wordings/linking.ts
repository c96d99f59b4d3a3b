import type { Wording } from './wording.js';

const cross = '/usr/lib/gcc-cross/aarch64-linux-gnu/12/../../../../aarch64-linux-gnu/bin/ld';
const running = '/usr/local/go/pkg/tool/linux_amd64/link: running';

/* Headers, libraries, objects and linkers. */
export const linkingWordings: readonly Wording[] = [
  [
    'missing-target-libc',
    'linux/arm64',
    '# runtime/cgo\n_cgo_export.c:3:10: fatal error: stdlib.h: No such file or directory\n    3 | #include <stdlib.h>',
  ],
  [
    'missing-target-libc',
    'linux/arm64',
    '# runtime/cgo\n_cgo_export.c:3:10: schwerwiegender Fehler: stdlib.h: Datei oder Verzeichnis nicht gefunden',
  ],
  [
    'missing-target-libc',
    'linux/riscv64',
    "# runtime/cgo\n_cgo_export.c:3:10: fatal error: 'stdlib.h' file not found",
  ],
  [
    'missing-target-libc',
    'linux/386',
    '/usr/include/features.h:424:12: fatal error: sys/cdefs.h: No such file or directory\n #  include <sys/cdefs.h>'.replace(
      'features',
      'x86_64-linux-gnu/features',
    ),
  ],
  [
    'missing-target-libc',
    'linux/386',
    '/usr/include/x86_64-linux-gnu/gnu/stubs.h:7:11: fatal error: gnu/stubs-32.h: No such file or directory',
  ],
  [
    'missing-target-libc',
    'linux/arm64',
    `${cross}: cannot find crt1.o: No such file or directory\n${cross}: cannot find crti.o: No such file or directory`,
  ],
  [
    'missing-target-libc',
    'linux/arm64',
    'ld.lld: error: cannot open Scrt1.o: No such file or directory\nld.lld: error: unable to find library -lgcc',
  ],
  ['missing-target-libc', 'linux/arm64', `${cross}: cannot find -lc: No such file or directory`],
  [
    'missing-target-libc',
    'linux/386',
    '/usr/bin/ld: cannot find -lgcc\ncollect2: error: ld returned 1 exit status',
  ],
  [
    'missing-host-libc',
    'linux/amd64',
    '# runtime/cgo\n_cgo_export.c:3:10: fatal error: stdlib.h: No such file or directory',
  ],
  [
    'missing-host-libc',
    'linux/amd64',
    '# runtime/cgo\n/usr/lib/gcc/x86_64-alpine-linux-musl/12.2.1/../../../../x86_64-alpine-linux-musl/bin/ld: cannot find Scrt1.o: No such file or directory',
  ],
  [
    'missing-target-library',
    'linux/arm',
    './main.go:5:10: fatal error: seccomp.h: No such file or directory\n    5 | #include <seccomp.h>',
  ],
  [
    'missing-target-library',
    'linux/arm64',
    "vendor/example.com/dm/dm.go:8:10: fatal error: 'libdevmapper.h' file not found",
  ],
  [
    'missing-target-library',
    'windows/amd64',
    'x.go:5:11: erreur fatale : zlib.h : Aucun fichier ou dossier de ce nom',
  ],
  [
    'missing-target-library',
    'windows/amd64',
    "zlib_wrap.c(3): fatal error C1083: Cannot open include file: 'zlib.h': No such file or directory",
  ],
  [
    'missing-target-library',
    'linux/arm64',
    `${running} aarch64-linux-gnu-gcc failed: exit status 1\n${cross}: cannot find -lsqlite3: No such file or directory`,
  ],
  ['missing-target-library', 'linux/arm64', 'ld.lld: error: unable to find library -lseccomp'],
  [
    'missing-target-library',
    'darwin/arm64',
    'ld: library not found for -lcrypto\nclang: error: linker command failed with exit code 1 (use -v to see invocation)',
  ],
  ['missing-target-library', 'darwin/arm64', "ld: library 'usb-1.0' not found"],
  ['missing-target-library', 'linux/arm', 'mold: error: library not found: seccomp'],
  [
    'missing-target-library',
    'windows/amd64',
    "LINK : fatal error LNK1181: cannot open input file 'sqlite3.lib'",
  ],
  [
    'missing-target-library',
    'linux/arm64',
    '# pkg-config --cflags  -- libsystemd\nPackage libsystemd was not found in the pkg-config search path.',
  ],
  ['missing-target-library', 'linux/arm64', "Package 'libpcap' not found"],
  ['missing-target-library', 'linux/arm64', "Package 'libffi', required by 'gobject-2.0', not found"],
  ['missing-target-library', 'linux/arm64', "No package 'gtk+-3.0' found"],
  [
    'missing-target-library',
    'windows/amd64',
    "x.o: in function `init':\nx.c:10: undefined reference to `WSAStartup'",
  ],
  ['missing-target-library', 'windows/386', "x.c:10: undefined reference to `__imp__timeGetTime@0'"],
  ['missing-target-library', 'windows/amd64', 'ld.lld: error: undefined symbol: __imp_BCryptGenRandom'],
  [
    'missing-host-library',
    'linux/amd64',
    `${running} gcc failed: exit status 1\n/usr/bin/ld: cannot find -lpcap: No such file or directory`,
  ],
  [
    'missing-static-library',
    'linux/amd64',
    `go build -ldflags '-linkmode external -extldflags -static' .\n/usr/bin/ld: cannot find -lseccomp: No such file or directory`,
  ],
  [
    'missing-static-library',
    'linux/amd64',
    'go build -ldflags \'-extldflags "-static"\'\n/usr/bin/ld: cannot find -lc',
  ],
  [
    'missing-static-library',
    'linux/arm64',
    "/usr/bin/ld: attempted static link of dynamic object `/usr/lib/libsystemd.so'",
  ],
  [
    'static-unsupported',
    'darwin/arm64',
    'ld: library not found for -lcrt0.o\nclang: error: linker command failed with exit code 1',
  ],
  ['static-unsupported', 'darwin/arm64', "ld: library 'crt0.o' not found"],
  ['missing-libatomic', 'linux/arm', "x.c:(.text+0x10): undefined reference to `__atomic_fetch_add_8'"],
  ['missing-libatomic', 'linux/mips', 'ld.lld: error: undefined symbol: __atomic_load_8'],
  ['missing-libatomic', 'linux/riscv64', `/usr/bin/ld: cannot find -latomic: No such file or directory`],
  [
    'library-too-old',
    'linux/arm64',
    "# pkg-config --cflags  -- libgit2\nRequested 'libgit2 >= 1.5.0' but version of libgit2 is 1.1.0",
  ],
  ['library-too-old', 'linux/arm64', "Package 'libgit2' has version '1.1.0', required version is '>= 1.5.0'"],
  [
    'pkg-config-not-found',
    'linux/arm64',
    '# pkg-config --cflags  -- libseccomp\npkg-config: exec: "pkg-config": executable file not found in $PATH',
  ],
  ['pkg-config-not-found', 'linux/arm', '/bin/sh: arm-linux-gnueabihf-pkg-config: command not found'],
  ['pkg-config-host-leak', 'linux/arm64', 'pkg-config has not been configured to support cross-compilation.'],
  [
    'host-headers-in-cross-build',
    'linux/arm64',
    '# example.com/x\nIn file included from /usr/include/stdio.h:27,\n                 from ./main.go:5:\n/usr/include/x86_64-linux-gnu/bits/floatn.h:75:1: error: unknown machine mode ‘__TC__’',
  ],
  [
    'host-headers-in-cross-build',
    'linux/arm',
    'cc1: warning: include location "/usr/include" is unsafe for cross-compilation [-Wpoison-system-directories]',
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    `${cross}: skipping incompatible /usr/local/lib/libcmetrics.a when searching for -lcmetrics\n${cross}: cannot find -lcmetrics`,
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    '/usr/bin/ld: skipping incompatible /home/me/go/pkg/mod/example.com/wasm3@v0.1.0/lib/linux/libm3.a when searching for -lm3\n/usr/bin/ld: cannot find -lm3',
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    'ld.lld: error: /src/lib/libfoo.a(foo.o) is incompatible with aarch64linux',
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    '/usr/bin/ld.gold: fatal error: lib/libfoo.a(foo.o): incompatible target'.replace('fatal error: ', ''),
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    'mold: fatal: lib/libfoo.a(foo.o): incompatible file type: arm64 is expected but got x86_64',
  ],
  [
    'wrong-arch-object',
    'linux/amd64',
    "/usr/bin/ld: i386 architecture of input file `lib/libfoo.a(foo.o)' is incompatible with i386:x86-64 output",
  ],
  [
    'wrong-arch-object',
    'darwin/amd64',
    'ld: warning: ignoring file /opt/homebrew/opt/opencv/lib/libopencv_barcode.dylib, building for macOS-x86_64 but attempting to link with file built for macOS-arm64\nUndefined symbols for architecture x86_64:',
  ],
  [
    'wrong-arch-object',
    'darwin/arm64',
    "ld: warning: ignoring file '/usr/local/lib/libusb.dylib': found architecture 'x86_64', required architecture 'arm64'",
  ],
  [
    'wrong-arch-object',
    'linux/arm',
    './app: error while loading shared libraries: libfoo.so.1: wrong ELF class: ELFCLASS64',
  ],
  [
    'wrong-arch-object',
    'linux/arm64',
    'example.com/x/rsrc_windows_amd64.syso: file not recognized: file format not recognized',
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    `${running} gcc failed: exit status 1\n/usr/bin/ld: /tmp/go-link-123/go.o: Relocations in generic ELF (EM: 183)\n/usr/bin/ld: /tmp/go-link-123/go.o: error adding symbols: file in wrong format`,
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    `${running} gcc failed: exit status 1\n/usr/bin/ld: /tmp/go-link-123/go.o: file not recognized: File format not recognized`,
  ],
  [
    'wrong-c-compiler',
    'windows/386',
    '/usr/bin/x86_64-w64-mingw32-ld: cannot open linker script file ldscripts/i386pe.x: No such file or directory',
  ],
  [
    'wrong-c-compiler',
    'linux/mips',
    '/usr/bin/mips64-linux-gnuabi64-ld: /tmp/go-link-1/go.o: ABI is incompatible with that of the selected emulation',
  ],
  [
    'wrong-c-compiler',
    'linux/ppc64le',
    '/usr/bin/ld: /tmp/go-link-1/go.o: compiled for a little endian system and target is big endian',
  ],
  [
    'wrong-c-compiler',
    'windows/amd64',
    '/usr/bin/ld: cannot find -lmingwex\n/usr/bin/ld: cannot find -lmingw32',
  ],
  [
    'wrong-c-compiler',
    'linux/amd64',
    `${running} x86_64-linux-gnux32-gcc failed: exit status 1\nld: skipping incompatible /usr/lib/gcc-cross/x86_64-linux-gnux32/12/libgcc.a when searching for -lgcc\nld: cannot find -lgcc: No such file or directory`,
  ],
  [
    'linker-not-found',
    'linux/arm64',
    `${running} clang failed: exit status 1\n/usr/bin/ld: unrecognised emulation mode: aarch64linux\nSupported emulations: elf_x86_64 elf32_x86_64`,
  ],
  [
    'wrong-cxx-compiler',
    'linux/arm64',
    `${running} g++ failed: exit status 1\n/usr/bin/ld: /tmp/go-link-3/000002.o: Relocations in generic ELF (EM: 183)\n/usr/bin/ld: /tmp/go-link-3/000002.o: error adding symbols: file in wrong format`,
  ],
  [
    'wrong-cxx-compiler',
    'linux/arm',
    `${running} arm-linux-gnueabihf-gcc failed: exit status 1\n/tmp/go-link-7/000002.o: in function \`f':\nx.cpp:3: undefined reference to \`operator new(unsigned int)'`,
  ],
  [
    'float-abi-mismatch',
    'linux/arm',
    'ld: error: lib/libfoo.a(foo.o) uses VFP register arguments, /tmp/go-link-1/go.o does not\nld: failed to merge target specific data of file lib/libfoo.a(foo.o)',
  ],
  [
    'float-abi-mismatch',
    'linux/mips',
    'ld: /tmp/go-link-2/000001.o: linking -msoft-float module with previous -mhard-float modules',
  ],
  ['float-abi-mismatch', 'linux/riscv64', "ld: x.o: can't link soft-float modules with double-float modules"],
  [
    'float-abi-mismatch',
    'linux/arm',
    '/usr/arm-linux-gnueabi/include/gnu/stubs.h:10:11: fatal error: gnu/stubs-hard.h: No such file or directory',
  ],
  [
    'broken-sysroot',
    'linux/arm',
    '/usr/bin/arm-linux-gnueabihf-ld: cannot find /lib/libpthread.so.0 inside /opt/sysroot',
  ],
  [
    'broken-sysroot',
    'darwin/arm64',
    "clang: warning: no such sysroot directory: '/opt/MacOSX11.sdk' [-Wmissing-sysroot]",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    "/src/lib/libfoo.a(foo.o): in function `parse':\nfoo.c:(.text+0x12): undefined reference to `__isoc23_strtol'",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/amd64',
    "/src/lib/libkafka.a(rd.o): in function `x':\nrd.c:3: undefined reference to `__sprintf_chk'",
  ],
  [
    'incompatible-prebuilt-library',
    'windows/amd64',
    "lib/foo.a(foo.o):foo.c:(.text+0x1): undefined reference to `__security_check_cookie'",
  ],
  [
    'incompatible-prebuilt-library',
    'windows/amd64',
    "lib/foo.a(foo.o): undefined reference to `__imp___acrt_iob_func'",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/arm64',
    "/usr/bin/ld: lib/libfoo.a(foo.o): relocation R_AARCH64_ADR_PREL_PG_HI21 against symbol `stderr@@GLIBC_2.17' which may bind externally can not be used when making a shared object; recompile with -fPIC",
  ],
  [
    'incompatible-prebuilt-library',
    'linux/arm64',
    'lto1: fatal error: bytecode stream in file ‘libfoo.a’ generated with LTO version 9.2 instead of the expected 11.3',
  ],
  [
    'incompatible-prebuilt-library',
    'linux/arm64',
    "libfoo.a(foo.o): undefined reference to `__aarch64_ldadd4_acq_rel'",
  ],
  [
    'libc-mismatch',
    'linux/amd64',
    "# github.com/mattn/go-sqlite3\nsqlite3-binding.c:35901:42: error: 'pread64' undeclared here (not in a function); did you mean 'pread'?",
  ],
  ['libc-mismatch', 'linux/arm64', "main.go:4:10: fatal error: 'execinfo.h' file not found"],
  ['unsupported-mode', 'windows/amd64', 'lld: error: unknown argument: --compress-debug-sections=zlib'],
  // A terminal's line break inside ld's sentence
  [
    'wrong-arch-object',
    'linux/386',
    '/usr/bin/ld: skipping incompatible /home/user/lib/libsdk.so \nwhen searching for -lsdk\n/usr/bin/ld: cannot find -lsdk',
  ],
  ['missing-libatomic', 'linux/riscv64', "v.c:39663: undefined reference to `__atomic_compare_exchange_2'"],
  [
    'missing-libatomic',
    'linux/mips',
    "libtorrent.a(thread.o): undefined reference to symbol '__atomic_load_8@@LIBATOMIC_1.0'",
  ],
  [
    'libc-mismatch',
    'linux/amd64',
    "# runtime/race\nrace_linux_amd64.syso: in function `__sanitizer::GetArgv()':\ngotsan.cc:(.text+0x4183): undefined reference to `__libc_stack_end'",
  ],
  [
    'incompatible-prebuilt-library',
    'windows/amd64',
    "/usr/bin/x86_64-w64-mingw32-ld: /tmp/go-link-34/000002.o:backend.cgo2.c:(.text+0x78): undefined reference to `__imp_soundio_backend_name'",
  ],
  [
    'not-on-this-target',
    'linux/386',
    "/root/go/pkg/mod/example.com/zstd@v1.20.1/writer.go:38: undefined reference to `ZSTD_flushStream'",
  ],
  [
    'missing-target-libc',
    'linux/386',
    '/usr/bin/ld: cannot find crti.o: No such file or directory\n/usr/bin/ld: skipping incompatible /usr/lib/gcc/x86_64-linux-gnu/7/libgcc.a when searching for -lgcc\n/usr/bin/ld: cannot find -lgcc',
  ],
  [
    'broken-sysroot',
    'linux/arm64',
    '/usr/bin/aarch64-linux-gnu-ld: cannot find /usr/lib/aarch64-linux-gnu/libm-2.31.a',
  ],
  [
    'c-compiler-not-found',
    'openbsd/amd64',
    '# net\n/usr/lib/go/src/net/cgo_resnew.go:20:52: cannot use _Ctype_size_t(len(b)) (value of type _Ctype_ulong) as _Ctype_uint value in argument to (_C2func_getnameinfo)',
  ],
];
