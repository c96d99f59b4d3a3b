import type { Clue } from '../rule.js';
import { goosOf, type Scene } from '../scene.js';
import { wrongCompiler } from './wrongCompiler.js';

/* Undefined names that belong to Windows: its libraries, its C run-times, its compilers. */

/* Windows' own libraries by their functions; mingw links few of them by itself. */
const windowsLibraries: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:WSA\w+|htonl|htons|ntohl|ntohs|socket|closesocket|connect|bind|listen|accept|send|recv|sendto|recvfrom|select|shutdown|setsockopt|getsockopt|getaddrinfo|freeaddrinfo|getnameinfo|gethostbyname|gethostname|getpeername|getsockname|ioctlsocket|inet_\w+|getservbyname)$/,
    'ws2_32',
  ],
  [
    /^(?:GetAdaptersAddresses|GetAdaptersInfo|if_nametoindex|if_indextoname|GetIfTable\w*|ConvertInterface\w+)$/,
    'iphlpapi',
  ],
  [/^(?:Crypt\w+|Cert\w+|PFX\w+)$/, 'crypt32'],
  [/^BCrypt\w+$/, 'bcrypt'],
  [/^(?:timeGetTime|timeBeginPeriod|timeEndPeriod|midi\w+|wave(?:In|Out)\w+|PlaySound\w*)$/, 'winmm'],
  [/^(?:CoInitialize\w*|CoCreate\w+|CoUninitialize|CoTaskMem\w+|OleInitialize)$/, 'ole32'],
  [/^(?:SHGet\w+|ShellExecute\w+|CommandLineToArgvW|DragQuery\w+)$/, 'shell32'],
  [/^(?:GetUserProfileDirectory\w*|CreateEnvironmentBlock)$/, 'userenv'],
  [/^(?:SetupDi\w+|CM_Get\w+)$/, 'setupapi'],
  [/^(?:Path\w+[AW]|SHCreateStream\w*|StrCmp\w+)$/, 'shlwapi'],
  [/^(?:PdhOpen\w+|Pdh\w+)$/, 'pdh'],
  [/^(?:Nt[A-Z]\w+|Rtl[A-Z]\w+)$/, 'ntdll'],
  [/^(?:WinHttp\w+)$/, 'winhttp'],
  [/^_?__stack_chk_(?:fail|guard)$/, 'ssp'],
  [
    /^(?:Sec(?:ur\w+)?|Acquire\w+Handle[AW]|InitializeSecurityContext\w|LsaLogon\w+|LsaConnect\w+)$/,
    'secur32',
  ],
  [/^(?:EnumProcess\w+|GetModule(?:BaseName|FileNameEx)\w|GetProcessMemoryInfo)$/, 'psapi'],
];

/* C run-time functions that are macros or inlines in one Windows C library and imports of another's. */
const crtImport =
  /^(?:is(?:alpha|alnum|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)|_?(?:strdup|stricmp|snprintf|vsnprintf|fileno|open|read|write|close|lseek\w*|stat\w*|fstat\w*|wfopen|errno|access|getpid|unlink|isatty|setmode|dup2?|strtoi64|strtoui64|aligned_malloc|aligned_free)|__(?:acrt_iob_func|iob_func|stdio_common_\w+|p___\w+|initenv)|fseeko64|ftello64|round|trunc|log2|nan|lround|tolower|toupper|free|malloc|realloc|calloc|mem\w+|str\w+|f\w+|time64|_?\w+time64\w*|abort|exit)$/;

/* What cgo compiled, under the names of cmd/go and of cmd/link: the code that refers to it is the package's own. */
const cgoObject = /go-link-[^\\/]+[\\/]\d{6}\.o|_x\d+\.o|_cgo_\w*\.o/;

export function windowsSymbol(symbol: string, object: string, scene: Scene): Clue | undefined {
  const [, imported, size] = /^_{1,2}imp_(\w{1,120}?)(@\d{1,3})?$/.exec(symbol) ?? [];
  const plain =
    imported?.replace(size === undefined ? '' : /^_/, '') ??
    /^_?(\w{1,120})@\d{1,3}$/.exec(symbol)?.[1] ??
    (/^(?:WSA|BCrypt|Crypt|Cert|SetupDi|timeGet|CoInit)\w+$/.test(symbol) ||
    (goosOf(scene) === 'windows' && /^_?__stack_chk_/.test(symbol))
      ? symbol
      : undefined);
  if (plain === undefined) return undefined;
  const library = windowsLibraries.find(([pattern]) => pattern.test(plain))?.[1];
  if (library !== undefined)
    return {
      cause: 'missing-target-library',
      confidence: 'certain',
      layer: 'link',
      detail: 'windows-system-library',
      title: `The Windows library ${library} is not linked`,
      facts: { library, symbol: plain, flag: `-l${library}` },
      key: library,
    };
  if (imported === undefined) return undefined;
  if (!crtImport.test(plain))
    return cgoObject.test(object)
      ? prebuilt(
          'declared-as-dll-import',
          `The header declares ${plain} as imported from a DLL, and a static library is linked`,
          symbol,
        )
      : undefined;
  return prebuilt(
    'windows-crt',
    `An object was built for another C run-time of Windows (it imports ${plain})`,
    symbol,
  );
}

/** Names of newlib, which Cygwin and MSYS have for a C library: a compiler for these is none for Windows itself. */
export function newlibSymbol(symbol: string, scene: Scene): Clue | undefined {
  if (!/^_{0,2}(?:__errno|__getreent|_impure_ptr|__locale_ctype_ptr|cygwin_\w+|_dll_crt0)$/.test(symbol))
    return undefined;
  const goos = goosOf(scene);
  return goos === undefined || goos === 'windows'
    ? wrongCompiler('not-mingw', 'The compiler is for Cygwin or MSYS, not for Windows itself', scene, {
        symbol,
      })
    : undefined;
}

const msvc =
  /^_?_?(?:__security_(?:cookie|check_cookie)|security_cookie|security_check_cookie|GSHandlerCheck\w*|chkstk|RTC_\w+|_RTC_\w+|CxxFrameHandler\d?|_C_specific_handler|C_specific_handler|acrt_iob_func|iob_func|std_terminate|report_rangecheckfailure|mingw_\w+|ms_v\w+|ImageBase)$|^\?\?\w|^_?\?\?_/;

export function visualCSymbol(symbol: string): Clue | undefined {
  return msvc.test(symbol)
    ? prebuilt('other-windows-compiler', 'An object was built by another Windows compiler', symbol)
    : undefined;
}

/** An archive or object that others made, for another C library, C++ library or linker. */
export function prebuilt(detail: string, title: string, symbol: string): Clue {
  return {
    cause: 'incompatible-prebuilt-library',
    confidence: 'likely',
    layer: 'link',
    detail,
    title,
    facts: { symbol },
  };
}
