import type { Rule } from '../rule.js';
import { goosOf, targetWords } from '../scene.js';
import { notHere, placeOf } from './notHere.js';

/*
 * C of a package that calls what the target's system does not declare. By the manuals: POSIX.1 and what mingw-w64's headers have of it,
 * Linux man-pages section 2 and 3 ("VERSIONS", "STANDARDS"), Microsoft's Win32 reference.
 */

const bsds = ['darwin', 'ios', 'freebsd', 'netbsd', 'openbsd', 'dragonfly'];
const unix = ['linux', 'android', ...bsds, 'solaris', 'illumos', 'aix'];

const names: readonly (readonly [pattern: RegExp, systems: readonly string[]])[] = [
  // Before the rest: Linux and the BSDs share these, macOS has them not.
  [/^(?:accept4|pipe2)$/, ['linux', 'android', 'freebsd', 'netbsd', 'openbsd', 'dragonfly']],
  [
    /^(?:epoll_\w+|EPOLL\w+|eventfd\w*|EFD_\w+|timerfd_\w+|signalfd|inotify_\w+|IN_\w+|fanotify_\w+|prctl|PR_\w+|setns|unshare|clone|CLONE_\w+|mremap|MREMAP_\w+|memfd_create|MFD_\w+|sched_(?:get|set)affinity|CPU_(?:SET|ZERO)|gettid|fallocate|posix_fadvise|sync_file_range|splice|tee|vmsplice|capset|capget|sysinfo|strchrnul|mempcpy|memrchr|secure_getenv|get_nprocs\w*|program_invocation_\w+|O_(?:PATH|TMPFILE|NOATIME)|MAP_(?:HUGETLB|POPULATE|LOCKED)|MADV_(?:HUGEPAGE|DONTFORK)|SO_(?:BINDTODEVICE|PEERCRED|MARK)|AF_(?:PACKET|NETLINK|ALG|VSOCK)|SOCK_(?:CLOEXEC|NONBLOCK)|ifreq|ucred|sockaddr_(?:nl|ll|vm)|SIOCGIFHWADDR|pthread_setaffinity_np)$/,
    ['linux', 'android'],
  ],
  [
    /^(?:kqueue|kevent|EVFILT_\w+|EV_(?:ADD|SET|DELETE)|sysctlbyname|getprogname|arc4random\w*|strlcpy|strlcat)$/,
    bsds,
  ],
  [
    /^(?:mach_\w+|kern_return_t|task_info|host_statistics\w*|dispatch_\w+|CF\w+Ref|NS[A-Z]\w+)$/,
    ['darwin', 'ios'],
  ],
  [
    /^(?:sleep|fork|vfork|pipe|mmap|munmap|mprotect|msync|setenv|unsetenv|kill|killpg|getuid|geteuid|getgid|getegid|setuid|setgid|setsid|getppid|sigaction|sigemptyset|sigfillset|sigaddset|sigprocmask|sigset_t|siginfo_t|strsep|strndup|localtime_r|gmtime_r|random|srandom|realpath|getline|getdelim|asprintf|vasprintf|strcasestr|bzero|bcopy|index|rindex|flock|fcntl|fsync|link|symlink|readlink|lstat|chown|fchown|fchmod|ioctl|poll|pollfd|ppoll|socketpair|getrusage|getrlimit|setrlimit|rlimit|sysconf|pread|pwrite|dlopen|dlsym|dlclose|dlerror|waitpid|wait|getpwnam\w*|getpwuid\w*|getgrnam\w*|passwd|utsname|uname|tcgetattr|tcsetattr|termios|winsize|openpty|forkpty|syslog|strsignal|nftw|scandir|mkfifo|mkstemps|sched_yield|inet_aton|if_nametoindex|getifaddrs|recvmsg|sendmsg|msghdr|iovec|readv|writev|sockaddr_un|O_(?:CLOEXEC|NONBLOCK|NOFOLLOW|DIRECTORY|SYNC)|PROT_\w+|MAP_(?:SHARED|PRIVATE|ANON|ANONYMOUS|FAILED|FIXED)|SIG(?:KILL|STOP|CHLD|PIPE|USR1|USR2|HUP|QUIT|ALRM|CONT|BUS|TRAP|WINCH)|SA_\w+|SIG_(?:BLOCK|UNBLOCK|SETMASK)|S_I[SF](?:LNK|SOCK|UID|GID)|F_(?:GETFL|SETFL|SETFD|SETLK)|_SC_\w+|RTLD_\w+|POLLIN|uid_t|gid_t|AF_UNIX|WNOHANG)$/,
    unix,
  ],
  [
    /^(?:HANDLE|DWORD|LPVOID|LPCSTR|LPCWSTR|HWND|HMODULE|HINSTANCE|WINAPI|CreateThread|CreateFile[AW]?|CreateEvent[AW]?|CloseHandle|GetLastError|LoadLibrary[AW]?|GetProcAddress|GetModuleHandle[AW]?|VirtualAlloc|VirtualProtect|WaitForSingleObject|QueryPerformanceCounter|_beginthread\w*|Sleep|CRITICAL_SECTION|INVALID_HANDLE_VALUE|_wfopen|_snprintf|_strdup)$/,
    ['windows'],
  ],
];

/**
 * gcc: "error: implicit declaration of function 'fork' [-Wimplicit-function-declaration]" (an error since 14, or with -Werror), "'SIGKILL'
 * undeclared (first use in this function)", "unknown type name 'sigset_t'", "field 'x' has incomplete type", "storage size of 'lim' isn't known";
 * clang: "call to undeclared function 'fork'", "use of undeclared identifier 'SIGKILL'". The names decide: of others it is a slip of the pen.
 */
export const nameOfOtherSystem: Rule = {
  needles: [
    'implicit declaration of function',
    'undeclared',
    'unknown type name',
    'incomplete type',
    'undefined type',
  ],
  pattern:
    /(?<!\S)(\S{1,400}?):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: (?:[^'\n]{0,80}implicit(?:ly)? declar[^'\n]{0,40}'(\w{1,80})'|call to undeclared (?:library )?function '(\w{1,80})'|'(\w{1,80})' (?:was not declared|undeclared)|use of undeclared identifier '(\w{1,80})'|unknown type name '(\w{1,80})'|[^\n]{0,80}(?:incomplete|undefined) type '(?:struct )?(\w{1,80})')/,
  read([, file = '', line, column, ...found], scene) {
    const goos = goosOf(scene);
    const symbol = found.join('');
    if (
      goos === undefined ||
      scene.block.package === 'runtime/cgo' ||
      /gcc_\w+\.[ch]$|linux_syscall\.c$/.test(file)
    )
      return undefined;
    const systems = names.find(([pattern]) => pattern.test(symbol))?.[1];
    if (systems === undefined || systems.includes(goos)) return undefined;
    return {
      ...notHere(
        'c-name-of-other-system',
        `${symbol} is a name of ${systems[0] ?? 'another system'}, and ${targetWords(scene)} does not have it`,
        { symbol, place: placeOf(file, line, column) },
      ),
      layer: 'headers',
    };
  },
};
