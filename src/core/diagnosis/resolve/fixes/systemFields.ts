import { tokenizeGo } from '../goTokens.js';

/*
 * Fields that package syscall's types have on some systems only, moved into functions with a file for the systems that have them
 * and one for the others: what compiles with them stays as it is there. Facts of Go's syscall (ztypes_*.go, exec_*.go).
 */

/** What the compiler says of a place in a file; lines and columns count from 1. */
export interface FieldComplaint {
  readonly line: number;
  readonly message: string;
}

/** A file of Go that goes beside the rewritten one: its name, and its text behind the package clause. */
export interface BesideFile {
  readonly name: string;
  readonly constraint: string;
  readonly body: string;
}

export interface FieldRewrite {
  readonly text: string;
  readonly beside: readonly BesideFile[];
}

/** The file without fields that its system may not have; undefined where none of the complaints is of that kind. Lines are not added. */
export function perSystemFields(
  source: string,
  complaints: readonly FieldComplaint[],
): FieldRewrite | undefined {
  const beside = new Map<string, BesideFile>();
  let text = source;
  for (const { line, message } of complaints) {
    const rewrite = timeField(text, line, message) ?? attribute(text, line, message);
    if (rewrite === undefined) continue;
    ({ text } = rewrite);
    for (const file of rewrite.beside) {
      const there = beside.get(file.name);
      // The same function with another value: one file can't hold both.
      if (there !== undefined && there.body !== file.body) return undefined;
      beside.set(file.name, file);
    }
  }
  return text === source ? undefined : { text, beside: [...beside.values()] };
}

/** Stat_t's times have names of BSD there, and those of POSIX elsewhere. */
const namedByBsd = 'darwin || freebsd || netbsd';

function timeField(source: string, line: number, message: string): FieldRewrite | undefined {
  const [, owner = '', letter = '', pointer] =
    /^(\S{1,200})\.([ACM])tim(?:espec)? undefined \(type (\*)?syscall\.Stat_t has no field/.exec(message) ??
    [];
  if (letter === '' || (pointer === undefined && !/^[\w.]+$/.test(owner))) return undefined;
  const name = `${letter.toLowerCase()}timOf`;
  const lines = source.split('\n');
  const before = lines[line - 1] ?? '';
  const at = before.indexOf(`${owner}.${letter}tim`);
  if (at < 0) return undefined;
  const rest = before.slice(at + owner.length + 1).replace(/^\w+/, '');
  lines[line - 1] = `${before.slice(0, at)}${name}(${pointer === undefined ? '&' : ''}${owner})${rest}`;
  const body = (which: string): string =>
    `import "syscall"\n\nfunc ${name}(st *syscall.Stat_t) syscall.Timespec { return st.${letter}${which} }\n`;
  const stem = `stat_${letter.toLowerCase()}tim`;
  return {
    text: lines.join('\n'),
    beside: [
      { name: `${stem}espec.go`, constraint: namedByBsd, body: body('timespec') },
      { name: `${stem}.go`, constraint: negated(namedByBsd), body: body('tim') },
    ],
  };
}

const unix = '!js && !plan9 && !wasip1 && !windows';

/** Where SysProcAttr has a field; those whose values need types of their system are left out. */
const attributeSystems: Readonly<Record<string, string>> = {
  Chroot: unix,
  Setsid: unix,
  Setpgid: unix,
  Setctty: unix,
  Noctty: unix,
  Ctty: unix,
  Foreground: unix,
  Pgid: unix,
  Pdeathsig: 'freebsd || linux',
  Cloneflags: 'linux',
  Unshareflags: 'linux',
  GidMappingsEnableSetgroups: 'linux',
  Jail: 'freebsd',
  HideWindow: 'windows',
  CmdLine: 'windows',
  CreationFlags: 'windows',
  NoInheritHandles: 'windows',
  Rfork: 'plan9',
};

/** What means the same in another file: constants of package syscall and of the language. */
const constant = /^(?:syscall\.[A-Z]\w*|true|false|\d\w*|"[^"\\]*"|\s*\|\s*)+$/;

function attribute(source: string, line: number, message: string): FieldRewrite | undefined {
  const literal = /unknown field '?(\w+)'? in struct literal(?: of type syscall\.SysProcAttr)?$/.exec(
    message,
  );
  if (literal !== null) return literalField(source, line, literal[1] ?? '');
  const [, owner = '', name = '', pointer] =
    /^(\S{1,200})\.(\w+) undefined \(type (\*)?syscall\.SysProcAttr has no field/.exec(message) ?? [];
  if (name === '' || (pointer === undefined && !/^[\w.]+$/.test(owner))) return undefined;
  const lines = source.split('\n');
  const [, start = '', place, value = ''] = /^(\s*)(\S+)\s*=\s*(.*?)\s*$/.exec(lines[line - 1] ?? '') ?? [];
  if (place !== `${owner}.${name}`) return undefined;
  lines[line - 1] = `${start}with${name}(${pointer === undefined ? '&' : ''}${owner})`;
  return withSetter(lines.join('\n'), name, value);
}

/** `&syscall.SysProcAttr{Setpgid: true, Pdeathsig: x}` as `withPdeathsig(&syscall.SysProcAttr{Setpgid: true})`. */
function literalField(source: string, line: number, name: string): FieldRewrite | undefined {
  const tokens = tokenizeGo(source).filter((it) => it.text !== '\n');
  const from = source.split('\n', line - 1).join('\n').length;
  const key = tokens.findIndex(
    (it, at) => it.start >= from && it.text === name && tokens[at + 1]?.text === ':',
  );
  const open = tokens.findLastIndex((it, at) => at < key && it.text === '{');
  const [and, module, dot, type] = tokens.slice(open - 4, open);
  const typeName = [module, dot, type].map((it) => it?.text).join('');
  if (key < 0 || and?.text !== '&' || typeName !== 'syscall.SysProcAttr') return undefined;
  let depth = 0;
  let end = -1;
  let next = -1;
  for (let at = key; at < tokens.length && end < 0; at++) {
    const text = tokens[at]?.text ?? '';
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text) && --depth < 0) end = at;
    else if (text === ',' && depth === 0 && next < 0) next = at;
  }
  const close = tokens[end];
  const keyStart = tokens[key]?.start;
  if (close === undefined || keyStart === undefined) return undefined;
  const stop = next < 0 ? close.start : (tokens[next]?.start ?? 0);
  const value = source.slice(keyStart, stop).replace(/^\w+\s*:/, '');
  // The last of a line takes the comma before it along.
  const comma = tokens[key - 1];
  const isLast = next < 0 || next + 1 === end;
  const isOnOneLine = !source.slice(and.start, close.start).includes('\n');
  const cutStart = isOnOneLine && isLast && comma?.text === ',' ? comma.start : keyStart;
  const cutEnd = next < 0 ? stop : stop + 1 + (/^[ \t]*/.exec(source.slice(stop + 1))?.[0].length ?? 0);
  const text = [
    source.slice(0, and.start),
    `with${name}(`,
    source.slice(and.start, cutStart),
    source.slice(cutEnd, close.start),
    '})',
    source.slice(close.start + 1),
  ].join('');
  return value.includes('\n') ? undefined : withSetter(text, name, value.trim());
}

function withSetter(text: string, name: string, value: string): FieldRewrite | undefined {
  const constraint = attributeSystems[name];
  if (constraint === undefined || !constant.test(value)) return undefined;
  const body = (...lines: readonly string[]): string =>
    [
      'import "syscall"\n',
      `func with${name}(attr *syscall.SysProcAttr) *syscall.SysProcAttr {`,
      ...lines.map((it) => `\t${it}`),
      '\treturn attr\n}\n',
    ].join('\n');
  const stem = name.toLowerCase();
  return {
    text,
    beside: [
      { name: `${stem}.go`, constraint, body: body(`attr.${name} = ${value}`) },
      { name: `${stem}_other.go`, constraint: negated(constraint), body: body() },
    ],
  };
}

/** The opposite of words that all hold or of which one does. */
function negated(constraint: string): string {
  const isEither = constraint.includes('||');
  return constraint
    .split(isEither ? ' || ' : ' && ')
    .map((it) => (it.startsWith('!') ? it.slice(1) : `!${it}`))
    .join(isEither ? ' && ' : ' || ');
}
