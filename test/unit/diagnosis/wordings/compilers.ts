import type { Wording } from './wording.js';

/* What compilers and drivers of many versions and languages say when they are the wrong ones, or are not there. */
export const compilerWordings: readonly Wording[] = [
  // The option go passes, refused
  ['wrong-c-compiler', 'linux/arm', 'cc1: error: unrecognized command line option "-marm"'],
  ['wrong-c-compiler', 'linux/arm', 'gcc: Fehler: nicht erkannte Kommandozeilenoption »-marm«'],
  [
    'wrong-c-compiler',
    'linux/arm',
    'gcc: erreur: option de la ligne de commande « -marm » non reconnue; vouliez-vous utiliser « -mabm » ?',
  ],
  ['wrong-c-compiler', 'linux/arm', 'gcc: ошибка: нераспознанный параметр командной строки «-marm»'],
  [
    'wrong-c-compiler',
    'linux/arm',
    'gcc: エラー: コマンドラインオプション ‘-marm’ を認識できません。‘-mabm’ ではありませんか?',
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    "clang: error: unsupported option '-marm' for target 'x86_64-pc-linux-gnu'",
  ],
  ['wrong-c-compiler', 'linux/arm', "clang: error: unknown argument: '-marm'"],
  [
    'wrong-c-compiler',
    'linux/arm',
    'x86_64-linux-gnu-gcc-13: error: unrecognized command-line option ‘-marm’; did you mean ‘-mabm’?',
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    "C:\\TDM-GCC-64\\bin\\gcc.exe: error: unrecognized command-line option '-marm'",
  ],
  [
    'wrong-c-compiler',
    null,
    "# runtime/cgo\r\ngcc.exe: error: unrecognized command line option '-marm'; did you mean '-mabm'?\r",
  ],
  [
    'wrong-c-compiler',
    'linux/mips64le',
    'gcc: error: unrecognized argument in option ‘-mabi=64’\ngcc: note: valid arguments to ‘-mabi=’ are: ms sysv',
  ],
  [
    'wrong-c-compiler',
    'linux/s390x',
    'cc1: error: bad value ‘z196’ for ‘-march=’ switch\ncc1: note: valid arguments to ‘-march=’ switch are: nocona core2 nehalem',
  ],
  [
    'wrong-c-compiler',
    'linux/s390x',
    'cc1: error: bad value (z13) for -march= switch'
      .replace('(z13)', "('z13')")
      .replace('-march=', "'-march='"),
  ],
  [
    'wrong-c-compiler',
    'linux/s390x',
    "error: unknown target CPU 'z13'\nnote: valid target CPU values are: nocona, core2",
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    "clang: error: argument unused during compilation: '-marm' [-Werror,-Wunused-command-line-argument]",
  ],
  [
    'wrong-c-compiler',
    'linux/mips',
    "clang: error: argument unused during compilation: '-mfp32' [-Werror,-Wunused-command-line-argument]",
  ],
  [
    'wrong-c-compiler',
    'windows/amd64',
    "clang: error: argument unused during compilation: '-mthreads' [-Werror,-Wunused-command-line-argument]",
  ],
  [
    'wrong-c-compiler',
    'windows/arm64',
    "aarch64-linux-gnu-gcc: error: unrecognized command-line option '-mthreads'; did you mean '-pthread'?",
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "gcc_arm64.S:30:19: error: expected ']' in brackets expression\n stp x29, x30, [sp, #-96]!",
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "gcc_arm64.S: Assembler messages:\ngcc_arm64.S:28: Error: bad instruction `stp x29,x30,[sp,#-96]!'",
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    'gcc_arm64.S: Assemblernachrichten:\ngcc_arm64.S:28: Fehler: kein solcher Befehl: »stp x29,x30,[sp,«',
  ],
  ['wrong-c-compiler', 'linux/ppc64le', 'gcc_linux_ppc64x.S:50:7: error: invalid register name\n mflr %r0'],
  ['wrong-c-compiler', 'linux/loong64', "gcc_loong64.S:16:2: error: invalid instruction mnemonic 'addi.d'"],
  ['wrong-c-compiler', 'linux/s390x', "gcc_s390x.S:23: Error: no such instruction: `stmg %r6,%r15,48(%r15)'"],
  [
    'wrong-c-compiler',
    'linux/amd64',
    "gcc_amd64.S:23: Error: unknown mnemonic `pushq' -- `pushq %rbx'\n/usr/local/go/src/runtime/cgo/gcc_amd64.S:24: Error: unknown mnemonic `pushq'",
  ],
  [
    'wrong-c-compiler',
    'linux/arm64',
    "In file included from _cgo_export.c:4:\ncgo-generated-wrapper:31:14: error: '_check_for_64_bit_pointer_matching_GoInt' declared as an array with a negative size",
  ],
  [
    'wrong-c-compiler',
    'linux/386',
    'cgo-gcc-export-header-prolog:32:14: error: size of array ‘_check_for_32_bit_pointer_matching_GoInt’ is negative',
  ],
  [
    'wrong-c-compiler',
    'darwin/amd64',
    "# runtime/cgo\nC:\\Go\\src\\runtime\\cgo\\gcc_darwin_amd64.c: In function '_cgo_sys_thread_start':\nC:\\Go\\src\\runtime\\cgo\\gcc_darwin_amd64.c:85:2: error: unknown type name 'sigset_t'",
  ],
  [
    'wrong-c-compiler',
    'windows/amd64',
    "# runtime/cgo\ngcc_libinit_windows.c:7:10: fatal error: 'windows.h' file not found",
  ],
  [
    'wrong-c-compiler',
    'android/arm64',
    'gcc_android.c:6:10: fatal error: android/log.h: No such file or directory',
  ],
  [
    'wrong-c-compiler',
    'linux/arm',
    "# runtime/cgo\narm-none-eabi-gcc: error: unrecognized command-line option '-pthread'; did you mean '-fpthread'?",
  ],
  [
    'wrong-cxx-compiler',
    'linux/arm',
    '# example.com/qt\ng++: error: unrecognized command line option ‘-marm’',
  ],
  [
    'wrong-fortran-compiler',
    'linux/arm',
    '# gonum.org/v1/netlib\ngfortran: error: unrecognized command-line option ‘-marm’; did you mean ‘-mabm’?',
  ],
  [
    'c-compiler-not-found',
    'darwin/arm64',
    '# runtime/cgo\ngcc: error: unrecognized command-line option ‘-arch’; did you mean ‘-march=’?',
  ],
  [
    'c-compiler-not-found',
    'freebsd/amd64',
    "# runtime/cgo\ngcc_freebsd_amd64.c:7:10: fatal error: 'sys/signalvar.h' file not found",
  ],
  // Flags of somebody else
  [
    'conflicting-c-flags',
    'linux/arm64',
    "# runtime/cgo\naarch64-linux-gnu-gcc: error: unrecognized command-line option '-mfloat-abi=hard'",
  ],
  [
    'conflicting-c-flags',
    'linux/arm64',
    "clang: error: unsupported option '-msse4.1' for target 'aarch64-unknown-linux-gnu'",
  ],
  [
    'conflicting-c-flags',
    'linux/riscv64',
    'riscv64-linux-gnu-gcc: error: unrecognized command-line option ‘-mavx2’',
  ],
  [
    'conflicting-c-flags',
    'darwin/arm64',
    "clang: error: the clang compiler does not support '-march=x86-64-v3'",
  ],
  [
    'conflicting-c-flags',
    'linux/arm64',
    'cc1: error: unknown value ‘haswell’ for ‘-march’\ncc1: note: valid arguments are: armv8-a armv8.1-a',
  ],
  ['conflicting-c-flags', 'linux/arm64', "clang: error: unsupported argument 'skylake' to option '-march='"],
  [
    'conflicting-c-flags',
    'linux/arm64',
    "# runtime/cgo\nclang: error: argument unused during compilation: '-fuse-ld=lld' [-Werror,-Wunused-command-line-argument]",
  ],
  [
    'cross-cc-leaked',
    'linux/amd64',
    '# runtime/cgo\naarch64-linux-gnu-gcc: error: unrecognized command-line option ‘-m64’',
  ],
  [
    'cross-cc-leaked',
    null,
    "checking whether we are cross compiling... configure: error: in `/src/lib':\nconfigure: error: cannot run C++ compiled programs.\nIf you meant to cross compile, use `--host'.",
  ],
  // Not there
  [
    'c-compiler-not-found',
    'linux/arm64',
    'cgo: C compiler "aarch64-linux-gnu-gcc" not found: exec: "aarch64-linux-gnu-gcc": executable file not found in $PATH',
  ],
  [
    'c-compiler-not-found',
    'windows/amd64',
    '# runtime/cgo\ncgo: exec gcc: exec: "gcc": executable file not found in %PATH%',
  ],
  [
    'c-compiler-not-found',
    'linux/amd64',
    'cgo: C compiler "/opt/cross/bin/arm-linux-musleabihf-gcc" not found: exec: "/opt/cross/bin/arm-linux-musleabihf-gcc": stat /opt/cross/bin/arm-linux-musleabihf-gcc: no such file or directory',
  ],
  [
    'c-compiler-not-found',
    null,
    '/bin/sh: 1: aarch64-linux-musl-gcc: not found\nmake: *** [Makefile:12: lib.o] Error 127',
  ],
  ['c-compiler-not-found', null, 'make: x86_64-w64-mingw32-gcc: No such file or directory'],
  ['c-compiler-not-found', null, 'bash: line 3: arm-linux-gnueabihf-gcc: command not found'],
  [
    'c-compiler-not-found',
    'windows/amd64',
    "'gcc' is not recognized as an internal or external command,\noperable program or batch file.",
  ],
  [
    'c-compiler-not-found',
    'windows/amd64',
    "gcc : The term 'gcc' is not recognized as the name of a cmdlet, function, script file, or operable program.",
  ],
  [
    'c-compiler-not-found',
    'linux/amd64',
    '  ⨯ build failed after 3s                    error=failed to build for linux_amd64_v1: exit status 1: # runtime/cgo\\ncgo: C compiler \\"gcc\\" not found: exec: \\"gcc\\": executable file not found in $PATH target=linux_amd64_v1',
  ],
  [
    'c-compiler-not-found',
    'linux/arm64',
    '#15 8.231 cgo: C compiler "zig" not found: exec: "zig": executable file not found in $PATH',
  ],
  [
    'cxx-compiler-not-found',
    'linux/arm64',
    'go build example.com/x: aarch64-linux-gnu-g++: exec: "aarch64-linux-gnu-g++": executable file not found in $PATH',
  ],
  ['cxx-compiler-not-found', null, "gcc: error trying to exec 'cc1plus': execvp: No such file or directory"],
  [
    'cxx-compiler-not-found',
    null,
    'gcc: fatal error: cannot execute ‘cc1plus’: posix_spawnp: No such file or directory',
  ],
  ['cxx-compiler-not-found', null, 'make: g++: No such file or directory'],
  ['objc-compiler-not-found', null, "gcc: error trying to exec 'cc1obj': execvp: No such file or directory"],
  [
    'fortran-compiler-not-found',
    null,
    "gcc: fatal error: cannot execute 'f951': execvp: No such file or directory",
  ],
  ['fortran-compiler-not-found', null, 'exec: "gfortran": executable file not found in $PATH'],
  ['linker-not-found', null, "collect2: fatal error: cannot find 'ld'\ncompilation terminated."],
  ['linker-not-found', null, 'collect2: fatal error: cannot find ‘ld.gold’'],
  ['linker-not-found', null, "clang: error: invalid linker name in '-fuse-ld=mold'"],
  [
    'linker-not-found',
    null,
    'clang: error: unable to execute command: Executable "aarch64-linux-gnu-ld" doesn\'t exist!',
  ],
  [
    'linker-not-found',
    'linux/arm64',
    "/usr/local/go/pkg/tool/linux_amd64/link: running aarch64-linux-gnu-gcc failed: exit status 1\ncollect2: fatal error: cannot find 'ld'",
  ],
  [
    'qemu-not-found',
    'linux/arm64',
    'fork/exec: exec: "qemu-aarch64-static": executable file not found in $PATH',
  ],
  ['qemu-not-found', 'linux/arm', 'bash: qemu-arm: command not found'],
  // There, and no compiler
  [
    'invalid-cc',
    'linux/arm',
    'go: CC environment variable is relative; must be absolute path: tools/arm-gcc',
  ],
  [
    'invalid-cc',
    'linux/arm',
    '# runtime/cgo\ncgo: C compiler "/opt/tools" not found: exec: "/opt/tools": is a directory',
  ],
  [
    'invalid-cc',
    'linux/arm',
    '# runtime/cgo\ncgo: C compiler "/opt/arm-gcc" not found: exec: "/opt/arm-gcc": permission denied',
  ],
  [
    'invalid-cc',
    'linux/arm',
    "# runtime/cgo\nar: invalid option -- 'E'\nUsage: ar [emulation options] [-]{dmpqrstx}",
  ],
  ['invalid-cc', 'linux/arm', "# runtime/cgo\nas: unrecognized option '-E'"],
  [
    'invalid-cc',
    'linux/arm',
    '# runtime/cgo\narm-linux-gnueabihf-ld: unrecognised emulation mode: arm\nSupported emulations: armelf_linux_eabi armelfb_linux_eabi',
  ],
  [
    'invalid-cc',
    'linux/arm',
    '# runtime/cgo\ncgo: cannot parse $WORK/b003/_cgo_.o as ELF, Mach-O, PE or XCOFF',
  ],
  [
    'invalid-cc',
    'linux/arm',
    '# runtime/cgo\narm-linux-gnueabihf-cpp: fatal error: ‘-c’ is not a valid option to the preprocessor\ncompilation terminated.',
  ],
  ['invalid-cc', 'linux/arm', '# runtime/cgo\ncgo: exec /opt/gcc: fork/exec /opt/gcc: exec format error'],
  ['invalid-cc', 'linux/arm', '# runtime/cgo\nFATAL: License check out failed (-5)'],
  [
    'invalid-cc',
    'linux/arm64',
    'error: unable to create target: \'No available targets are compatible with triple "aarch64-unknown-linux-gnu"\'',
  ],
  [
    'invalid-cc',
    'linux/arm',
    "error: unable to parse target query 'armv7-linux-gnueabihf': UnknownArchitecture",
  ],
  ['flag-quoting', 'linux/arm', "go: CC environment variable could not be parsed: unterminated ' string"],
  ['flag-quoting', null, 'go: parsing $GOFLAGS: non-flag "-s\'"'],
  ['flag-quoting', null, 'invalid value "\'-s" for flag -ldflags: unterminated \' string'],
  [
    'cgo-flag-not-allowed',
    null,
    'go build example.com/x: invalid flag in #cgo LDFLAGS: -Wl,--version-script=x.map',
  ],
  [
    'cgo-flag-not-allowed',
    null,
    '# pkg-config --cflags  -- gobject-2.0\nexample.com/glib: invalid flag in pkg-config --cflags: -mms-bitfields (see https://go.dev/s/invalidflag)',
  ],
  ['zig-quirk', 'darwin/arm64', 'error: unsupported linker arg: -x'],
  [
    'zig-quirk',
    'linux/amd64',
    'runtime/cgo(.text): relocation target stderr not defined\nruntime/cgo(.text): relocation target pthread_create not defined',
  ],
  [
    'zig-quirk',
    'linux/arm64',
    'ld.lld: error: undefined symbol: __ubsan_handle_type_mismatch_v1\n>>> referenced by x.c:12',
  ],
  // x86 compilers for one word size
  [
    'wrong-c-compiler',
    'windows/amd64',
    '# runtime/cgo\ncc1.exe: sorry, unimplemented: 64-bit mode not compiled in',
  ],
  [
    'wrong-c-compiler',
    'windows/amd64',
    '# example.com/ui\ncc1: sorry, unimplemented: 64-bit mode not compiled in',
  ],
  [
    'c-compiler-not-found',
    'darwin/amd64',
    "# runtime/cgo\n/usr/bin/ld: unrecognized option '-pagezero_size'",
  ],
  ['invalid-cc', 'windows/amd64', 'cgo: exec C:\\Program: exec: "C:\\\\Program": file does not exist'],
  ['broken-sysroot', 'ios/arm64', 'xcrun: error: SDK "iphoneos" cannot be located'],
];
