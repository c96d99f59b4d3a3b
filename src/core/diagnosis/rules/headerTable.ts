/** Who a C header belongs to. */
export type HeaderOwner =
  | { readonly kind: 'libc' }
  /** Headers that glibc has and musl has not. */
  | { readonly kind: 'glibc' }
  | { readonly kind: 'c++' }
  | { readonly kind: 'system'; readonly goos: readonly string[] }
  | { readonly kind: 'machine'; readonly goarch: readonly string[] }
  /** `library` is absent where the header's name says nothing; `guessed` where only its folder does. */
  | { readonly kind: 'library'; readonly library?: string; readonly guessed?: boolean };

const libc =
  /^(?:bits|asm|asm-generic|gnu|linux)\/|^(?:assert|complex|ctype|errno|features|fenv|inttypes|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|uchar|wchar|wctype|alloca|pthread|sched|unistd|fcntl|dlfcn|poll|semaphore|syslog|termios|grp|pwd|netdb|dirent|malloc|getopt|endian|byteswap|resolv|ucontext|spawn|utime|utmp|wordexp|glob|fnmatch|regex|search|iconv|langinfo|libgen|ifaddrs|paths|mntent|elf|link|crypt|memory|values|stropts|aio|float|iso646)\.h$|^(?:sys|net|netinet|arpa|netpacket|scsi|rpc)\/\w+\.h$/;
const glibcOnly =
  /^(?:execinfo|error|argp|obstack|fts|printf|mcheck|libio|fpu_control|re_comp|gshadow|ieee754|gconv|argz|envz|aliases|sys\/cdefs|sys\/queue|sys\/tree|gnu\/libc-version|bits\/\S+)\.h$/;
const cxx =
  /^(?:iostream|string|vector|map|memory|new|cstdint|cstdlib|cstring|cstdio|cstddef|algorithm|utility|functional|atomic|thread|mutex|chrono|limits|sstream|fstream|ostream|istream|iosfwd|set|unordered_map|array|tuple|type_traits|exception|stdexcept|typeinfo|optional|string_view|bits\/c\+\+config\.h|ext\/\S+)$/;

const unix = [
  'linux',
  'android',
  'darwin',
  'ios',
  'freebsd',
  'netbsd',
  'openbsd',
  'dragonfly',
  'solaris',
  'illumos',
  'aix',
];
const systems: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(?:windows|winsock2?|ws2tcpip|ws2def|iphlpapi|winbase|windef|winioctl|winreg|wincrypt|shlobj|shellapi|tlhelp32|psapi|direct|io|conio|process|tchar|intrin|objbase|setupapi|dbghelp|sdkddkver|synchapi)\.h$/i,
    ['windows'],
  ],
  [
    /^(?:Cocoa|Foundation|CoreFoundation|CoreGraphics|CoreServices|CoreAudio|AudioToolbox|AppKit|IOKit|Security|Carbon|Metal|OpenGL|CoreVideo|ApplicationServices|SystemConfiguration|UIKit|objc|mach|mach-o|dispatch|libkern|xpc|os)\/|^(?:TargetConditionals|AvailabilityMacros|Availability|libproc)\.h$|^sys\/kern_control\.h$/,
    ['darwin', 'ios'],
  ],
  [
    /^(?:linux|asm|asm-generic)\/|^sys\/(?:epoll|eventfd|inotify|prctl|signalfd|timerfd|sysinfo|sendfile|fanotify|auxv|capability|xattr|personality|fsuid|klog|quota|vfs)\.h$|^(?:mntent|pty|malloc)\.h$/,
    ['linux', 'android'],
  ],
  [
    /^sys\/(?:event|sysctl|thr|jail|cpuset|user)\.h$|^(?:pthread_np|libutil|kvm)\.h$/,
    ['freebsd', 'darwin', 'netbsd', 'openbsd', 'dragonfly', 'ios'],
  ],
  [/^sys\/signalvar\.h$/, ['freebsd', 'dragonfly']],
  [/^android\//, ['android']],
  [
    /^(?:sys\/(?:socket|ioctl|mman|un|wait|select|resource|uio|times|utsname|statvfs|statfs|mount|syscall|sysmacros|ipc|shm|sem|msg|file|poll)|netinet\/\w+|arpa\/\w+|net\/\w+|termios|pwd|grp|netdb|dlfcn|poll|syslog|ifaddrs|spawn|resolv|sys\/param|langinfo|regex|glob|fnmatch|ucontext|utmpx?|wordexp|resolv|sched\.h|paths|endian|byteswap)\.h$/,
    unix,
  ],
];

const machines: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(?:[aepnstwxi]mmintrin|immintrin|x86intrin|x86gprintrin|cpuid|ia32intrin|avx\w*intrin|mm_malloc|bmi\w*intrin|fma\w*intrin|popcntintrin|mm3dnow)\.h$/,
    ['amd64', '386'],
  ],
  [/^(?:arm_neon|arm_acle|arm_sve|arm_fp16|arm_bf16)\.h$/, ['arm64', 'arm']],
  [/^(?:altivec|amo)\.h$/, ['ppc64', 'ppc64le']],
];

/* Headers whose library is not their own name. */
const libraries: Readonly<Record<string, string>> = {
  'zlib.h': 'z',
  'zconf.h': 'z',
  'png.h': 'png',
  'jpeglib.h': 'jpeg',
  'bzlib.h': 'bz2',
  'curl/curl.h': 'curl',
  'sys/capability.h': 'cap',
  'sys/acl.h': 'acl',
  'sys/sdt.h': 'systemtap-sdt',
  'libmnl/libmnl.h': 'mnl',
  'security/pam_appl.h': 'pam',
  'libudev.h': 'udev',
  'libusb-1.0/libusb.h': 'usb-1.0',
  'libusb.h': 'usb-1.0',
  'asoundlib.h': 'asound',
  'alsa/asoundlib.h': 'asound',
  'uuid/uuid.h': 'uuid',
  'ft2build.h': 'freetype',
  'btrfs/ioctl.h': 'btrfs',
  'btrfs/version.h': 'btrfs',
  'blkid/blkid.h': 'blkid',
  'gpgme.h': 'gpgme',
  'readline/readline.h': 'readline',
  'openssl/ssl.h': 'ssl',
  'bpf/bpf.h': 'bpf',
  'systemd/sd-journal.h': 'systemd',
  'libdevmapper.h': 'devmapper',
  'lxc/lxccontainer.h': 'lxc',
  'git2.h': 'git2',
  'rados/librados.h': 'rados',
  'rbd/librbd.h': 'rbd',
  'librdkafka/rdkafka.h': 'rdkafka',
  'rocksdb/c.h': 'rocksdb',
  'unicode/regex.h': 'icui18n',
  'X11/Xlib.h': 'X11',
  'X11/Xcursor/Xcursor.h': 'Xcursor',
  'X11/extensions/Xrandr.h': 'Xrandr',
  'X11/extensions/XInput2.h': 'Xi',
  'GL/gl.h': 'GL',
  'GLES2/gl2.h': 'GLESv2',
  'EGL/egl.h': 'EGL',
  'GL/glew.h': 'GLEW',
  'gtk/gtk.h': 'gtk-3',
  'glib.h': 'glib-2.0',
};

/* Headers named after their library that are often written with quotes as if they were local. */
const famous =
  /^(?:seccomp|sqlite3|pcap|archive|lz4|lzma|zstd|snappy|usb|portaudio|vpx|opus|sodium|zmq|czmq|magic|cairo|pango|fuse|mosquitto|duckdb|hdf5|gdal|hwloc|nvml|cuda|ibverbs|numa|selinux|apparmor|audit|expat|yaml|jansson|ncurses|curses|form|panel|gmp|mpfr|ffi|leptonica|tesseract|vlc|mpv|sdl|sdl2|glfw3|vulkan|wayland-client|xkbcommon|leveldb|ldap|krb5|gssapi|pq-fe|libpq-fe|mysql|sql|sqlext|oci|pcre|pcre2|tcl|lua|luajit|python|ruby|jni|erl_nif|vips)(?:\.h|\/)/i;

/** To be asked for any header that a compile does not find. */
export function ownerOf(header: string): HeaderOwner {
  const library = libraries[header];
  if (library !== undefined) return { kind: 'library', library };
  for (const [pattern, goos] of systems)
    if (pattern.test(header) && !/^(?:bits|asm|linux)\//.test(header)) return { kind: 'system', goos };
  for (const [pattern, goarch] of machines) if (pattern.test(header)) return { kind: 'machine', goarch };
  if (glibcOnly.test(header) && !header.startsWith('bits/')) return { kind: 'glibc' };
  if (cxx.test(header)) return { kind: 'c++' };
  if (libc.test(header)) return { kind: 'libc' };
  if (famous.test(header)) return { kind: 'library', library: libraryByHeader(header) };
  return header.includes('/')
    ? { kind: 'library', library: libraryByHeader(header), guessed: true }
    : { kind: 'library', guessed: true };
}

function libraryByHeader(header: string): string {
  return (header.split('/')[0] ?? header).replace(/\.h(?:pp)?$/, '').replace(/^lib/, '');
}
