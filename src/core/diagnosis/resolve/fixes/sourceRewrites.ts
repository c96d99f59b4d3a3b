import { audienceOf } from '../../rules/flagTable.js';

/*
 * Rewritings of one line of Go that keep what it means and fit every target: system calls that later ports do not have in
 * their old form, types of the system that differ in size, machine flags for all machines.
 */

/** The line rewritten, or undefined where there is nothing to do. */
export type Rewrite = (line: string) => string | undefined;

const currentFolder = '^uintptr(99)'; // AT_FDCWD, -100

/**
 * Ports from arm64 on have the calls with a folder and with flags alone (include/uapi/asm-generic/unistd.h). By the old
 * call: its successor and the successor's arguments; `at` stands for the current folder, numbers for the old arguments.
 */
const successors: Readonly<Record<string, readonly [name: string, ...args: readonly (number | string)[]]>> = {
  ACCESS: ['FACCESSAT', 'at', 0, 1],
  CHMOD: ['FCHMODAT', 'at', 0, 1],
  CHOWN: ['FCHOWNAT', 'at', 0, 1, 2, '0'],
  DUP2: ['DUP3', 0, 1, '0'],
  EPOLL_CREATE: ['EPOLL_CREATE1', '0'],
  EVENTFD: ['EVENTFD2', 0, '0'],
  INOTIFY_INIT: ['INOTIFY_INIT1', '0'],
  LCHOWN: ['FCHOWNAT', 'at', 0, 1, 2, '0x100'],
  LINK: ['LINKAT', 'at', 0, 'at', 1, '0'],
  MKDIR: ['MKDIRAT', 'at', 0, 1],
  MKNOD: ['MKNODAT', 'at', 0, 1, 2],
  OPEN: ['OPENAT', 'at', 0, 1, 2],
  PIPE: ['PIPE2', 0, '0'],
  READLINK: ['READLINKAT', 'at', 0, 1, 2],
  RMDIR: ['UNLINKAT', 'at', 0, '0x200'],
  SYMLINK: ['SYMLINKAT', 0, 'at', 1],
  UNLINK: ['UNLINKAT', 'at', 0, '0'],
};

/** `syscall.Dup2(a, b)` and `syscall.Syscall(syscall.SYS_OPEN, …)` in the form that every Linux port has. */
export const laterSystemCalls: Rewrite = (line) => {
  const call = /\b(syscall|unix)\.(?:(Dup2)|(Raw)?Syscall6?)\(/.exec(line);
  if (call === null) return undefined;
  const [whole, module = '', dup, raw = ''] = call;
  const open = call.index + whole.length;
  const found = argumentsFrom(line, open);
  if (found === undefined) return undefined;
  const put = (text: string): string => line.slice(0, call.index) + text + line.slice(found.end);
  if (dup !== undefined) return put(`${module}.Dup3(${[...found.args, '0'].join(', ')})`);
  const [number = '', ...old] = found.args;
  const [, numbers = '', name = ''] = /^(syscall|unix)\.SYS_(\w+)$/.exec(number) ?? [];
  const successor = successors[name];
  if (successor === undefined) return undefined;
  const [next, ...shape] = successor;
  const args = shape.map((it) =>
    it === 'at' ? currentFolder : typeof it === 'number' ? (old[it] ?? '0') : it,
  );
  const width = args.length > 3 ? 6 : 3;
  const padded = [...args, ...Array.from({ length: width - args.length }, () => '0')];
  return put(
    `${module}.${raw}Syscall${width === 6 ? '6' : ''}(${[`${numbers}.SYS_${next}`, ...padded].join(', ')})`,
  );
};

/** `syscall.Timespec{Sec: s, Nsec: n}` by the function that knows the fields' sizes; both take nanoseconds as int64. */
export const portableTime: Rewrite = (line) => {
  const literal = /(&)?\b(syscall|unix)\.(Timespec|Timeval)\{/.exec(line);
  if (literal === null || literal[1] !== undefined) return undefined;
  const [whole, , module = '', type = ''] = literal;
  const found = argumentsFrom(line, literal.index + whole.length);
  if (found === undefined || found.args.length === 0) return undefined;
  const value = (name: string, at: number): string | undefined => {
    const named = found.args.find((it) => new RegExp(`^${name}:`).test(it))?.replace(/^\w+:\s*/, '');
    return named ?? (found.args.every((it) => !/^\w+:/.test(it)) ? found.args[at] : undefined);
  };
  const factor = (text: string, by: string): string => `${/^[\w.()]+$/.test(text) ? text : `(${text})`}${by}`;
  const seconds = value('Sec', 0);
  const rest = type === 'Timespec' ? value('Nsec', 1) : value('Usec', 1);
  const terms = [
    ...(seconds === undefined ? [] : [factor(seconds, '*1e9')]),
    ...(rest === undefined ? [] : [factor(rest, type === 'Timespec' ? '' : '*1e3')]),
  ];
  return `${line.slice(0, literal.index)}${module}.NsecTo${type}(${terms.join(' + ')})${line.slice(found.end)}`;
};

/** In C: x86's time stamp by its two halves, with the monotonic clock in its place on other CPUs, which have no counter in common. */
export const clockForRdtsc: Rewrite = (line) => {
  const [, indent = '', low, high] =
    /^(\s*)(?:__asm__|__asm|asm)\s*(?:__volatile__|volatile)?\s*\(\s*"rdtsc"\s*:\s*"=a"\s*\(([^()]{1,60})\)\s*,\s*"=d"\s*\(([^()]{1,60})\)\s*\);\s*$/.exec(
      line,
    ) ?? [];
  if (low === undefined || high === undefined) return undefined;
  return [
    '#if defined(__x86_64__) || defined(__i386__)',
    line,
    '#else',
    `${indent}{`,
    `${indent}\tstruct timespec t_;`,
    `${indent}\tclock_gettime(CLOCK_MONOTONIC, &t_);`,
    `${indent}\tunsigned long long ns_ = t_.tv_sec * 1000000000ull + t_.tv_nsec;`,
    `${indent}\t${low.trim()} = ns_;`,
    `${indent}\t${high.trim()} = ns_ >> 32;`,
    `${indent}}`,
    '#endif',
  ].join('\n');
};

/** A function that takes C's characters, which have a sign on some CPUs only: `func f(p []int8)` for both. Go 1.18 and later. */
export const eitherCharacter =
  (name: string): Rewrite =>
  (line) => {
    const declaration = new RegExp(`^func ${name}\\((\\w+) (\\[\\d*\\])int8\\)`).exec(line);
    if (declaration === null) return undefined;
    const [whole, parameter = '', array = ''] = declaration;
    return `func ${name}[T int8 | uint8](${parameter} ${array}T)${line.slice(whole.length)}`;
  };

/** `#cgo CFLAGS: -O2 -msse4.2` with the flags of other CPUs than `goarch` in a line of their own, for theirs. */
export const scopedFlags =
  (goarch: string): Rewrite =>
  (line) => {
    const [, start = '', variable = '', text = ''] = /^(\s*(?:\/\/\s*)?#cgo )(\w+):\s*(.*)$/.exec(line) ?? [];
    const scoped = new Map<string, string[]>();
    const kept: string[] = [];
    for (const flag of text.split(/\s+/).filter((it) => it !== '')) {
      const cpus = audienceOf(flag)?.goarch;
      if (cpus === undefined || cpus.includes(goarch)) kept.push(flag);
      else scoped.set(cpus.join(' '), [...(scoped.get(cpus.join(' ')) ?? []), flag]);
    }
    if (scoped.size === 0) return undefined;
    return [
      ...(kept.length === 0 ? [] : [`${start}${variable}: ${kept.join(' ')}`]),
      ...[...scoped].map(([cpus, flags]) => `${start}${cpus} ${variable}: ${flags.join(' ')}`),
    ].join('\n');
  };

/**
 * An int that has to hold more than 32 bits, by what the compiler says of it: a declared int, a conversion to int, or a constant
 * given to a function that takes anything. int64 is another type than int on every target, so what compiles here does everywhere.
 */
export function widerInt(line: string, column: number, message: string): string | undefined {
  const at = column - 1;
  const wide = /constant (\d+)/.exec(message)?.[1] ?? '';
  const type = /^\d+$/.test(wide) && BigInt(wide) > 0x7fffffffffffffffn ? 'uint64' : 'int64';
  const before = line.slice(0, at);
  const rest = line.slice(at);
  if (/in variable declaration/.test(message)) {
    const declared = /^(.*\b(?:var )?\w+ )(?:u?int|(C\.u?long))( = )$/.exec(before);
    if (declared === null) return undefined;
    const [, start = '', long, end = ''] = declared;
    return `${start}${long === undefined ? type : `${long}long`}${end}${rest}`;
  }
  if (/cannot convert|overflows int/.test(message) && /\bu?int\($/.test(before))
    return `${before.replace(/u?int\($/, '')}${type}(${rest}`;
  const [, expression = ''] = /cannot use (.{1,80}?) \(untyped int constant/.exec(message) ?? [];
  if (!/in argument to (?:fmt|log|errors)\.\w+/.test(message) || !rest.startsWith(expression))
    return undefined;
  return `${before}${type}(${expression})${rest.slice(expression.length)}`;
}

/**
 * `(*[1 << 40]byte)(p)`, the view of C's memory from before unsafe.Slice, with a length that has room in 32 bits: a gigabyte of
 * bytes; of other elements as many as have 16 bytes each. The length is a bound and takes no memory.
 */
export function smallerView(line: string, message: string): string | undefined {
  const [, ofLength, ofType] =
    /array length (.{1,60}?) \(untyped int constant|^type \[(.{1,60}?)\].{1,100} (?:larger than|too large for) address space/.exec(
      message,
    ) ?? [];
  const length = ofLength ?? ofType;
  if (length === undefined) return undefined;
  const spaceless = (text: string): string => text.replace(/\s+/g, '');
  const after = line.replace(
    /\(\*\[([^\]]{1,60})\]([\w.]{1,80})\)/g,
    (view, bound: string, element: string) => {
      if (spaceless(bound) !== spaceless(length)) return view;
      const isByte = /^(?:byte|u?int8|bool|C\.[us]?char)$/.test(element);
      return `(*[1 << ${isByte ? '30' : '26'}]${element})`;
    },
  );
  return after === line ? undefined : after;
}

/** What stands between an opening bracket before `start` and its closing one, at commas; `end` is behind that. Undefined: it is not on this line. */
function argumentsFrom(
  line: string,
  start: number,
): { readonly args: readonly string[]; readonly end: number } | undefined {
  const args: string[] = [];
  let depth = 0;
  let quote = '';
  let from = start;
  for (let at = start; at < line.length; at++) {
    const letter = line.charAt(at);
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at++;
      else if (letter === quote) quote = '';
    } else if (/["'`]/.test(letter)) quote = letter;
    else if (/[([{]/.test(letter)) depth++;
    else if (/[)\]}]/.test(letter) && --depth < 0) {
      const last = line.slice(from, at).trim();
      return { args: last === '' ? args : [...args, last], end: at + 1 };
    } else if (letter === ',' && depth === 0) {
      args.push(line.slice(from, at).trim());
      from = at + 1;
    }
  }
  return undefined;
}
