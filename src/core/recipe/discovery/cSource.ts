/** What a C source file says about the program it belongs to. */
export interface CSource {
  /** Whether it defines `main`, in what is compiled where nothing but the compiler's own macros is defined. */
  readonly hasMain: boolean;
  /** Includes with quotes, in order: `"name.h"`. */
  readonly quoted: readonly string[];
  /** Includes with angle brackets: `<name.h>`. */
  readonly angled: readonly string[];
}

/**
 * Reads a C source as far as discovery needs it. It is a scanner, no parser: comments, texts and directives are told
 * apart as the C standard does (5.1.1.2, translation phases), conditionals by whether their macro is one that compilers
 * define themselves, and the rest is braces. What it does not understand it leaves out rather than fails.
 */
export function readCSource(source: string): CSource {
  const quoted: string[] = [];
  const angled: string[] = [];
  const conditions = createConditions();
  let code = '';
  for (const line of withoutComments(source).split('\n')) {
    const directive = /^\s*#\s*([a-z]+)\s*(.*)$/.exec(line);
    if (directive === null) {
      if (conditions.isActive()) code += `${line}\n`;
      continue;
    }
    const [, name = '', rest = ''] = directive;
    if (name === 'include' && conditions.isActive()) {
      const [, inQuotes, inAngles] = /^(?:"([^"]+)"|<([^>]+)>)/.exec(rest) ?? [];
      if (inQuotes !== undefined) quoted.push(inQuotes);
      if (inAngles !== undefined) angled.push(inAngles);
    }
    // Braces that stand in two branches of a condition are one brace in each: only one branch is counted on.
    conditions.see(name, rest.trim());
  }
  return { hasMain: definesMain(code), quoted, angled };
}

interface Conditions {
  isActive(): boolean;
  see(directive: string, rest: string): void;
}

/** Which branch of `#if` … `#endif` is read: exactly one of each, so that braces stay in balance. */
function createConditions(): Conditions {
  /** `open`: this branch is read; `later`: no branch was, so far; `done`: one was, the rest is not. */
  const stack: ('open' | 'later' | 'done')[] = [];
  let closed = 0;
  const replaceTop = (state: 'open' | 'later' | 'done'): void => {
    closed += Number(state !== 'open') - Number(stack.at(-1) !== 'open');
    stack[stack.length - 1] = state;
  };
  return {
    isActive: () => closed === 0,
    see(directive, rest) {
      const top = stack.at(-1);
      const isTrue = (): boolean => holds(directive, rest);
      if (directive === 'if' || directive === 'ifdef' || directive === 'ifndef') {
        stack.push('open');
        if (!isTrue()) replaceTop('later');
      } else if (top === undefined) return;
      else if (directive === 'endif') {
        replaceTop('open');
        stack.pop();
      } else if (directive === 'elif' || directive === 'else')
        replaceTop(top !== 'later' ? 'done' : directive === 'else' || isTrue() ? 'open' : 'later');
    },
  };
}

/**
 * Whether a condition holds in a plain compilation. A project's own macro (`#ifdef UNIT_TEST`) is not defined there;
 * one of the compiler's or the system's (reserved names, C11 7.1.3) is taken for defined, but for another system's.
 */
function holds(directive: string, rest: string): boolean {
  const macro = /^\w+/.exec(rest)?.[0] ?? '';
  if (directive === 'ifdef') return isDefined(macro);
  if (directive === 'ifndef') return !isDefined(macro);
  if (/^\(?\s*0\s*\)?$/.test(rest)) return false;
  const asked = [...rest.matchAll(/(!?)\s*defined\s*\(?\s*(\w+)/g)];
  // Versions compared, macros with values: as likely as not, and the first branch is the usual one.
  if (asked.length === 0) return true;
  const answers = asked.map(([, not, name = '']) => (not === '!' ? !isDefined(name) : isDefined(name)));
  return rest.includes('||') ? answers.some(Boolean) : answers.every(Boolean);
}

const foreign =
  /^_*(?:cplusplus|WIN32|WIN64|MSC_VER|APPLE|MACH|CYGWIN|MINGW\w*|FreeBSD|NetBSD|OpenBSD|sun|SVR4|AIX)_*$/i;

function isDefined(macro: string): boolean {
  return /^_[_A-Z]/.test(macro) && !foreign.test(macro);
}

/**
 * Comments become a space, texts and characters lose what is in them, continued lines become one. Includes keep their
 * names: a text that follows `#include` is no text.
 */
function withoutComments(source: string): string {
  const joined = source.replace(/\r\n?/g, '\n').replace(/\\\n/g, '');
  const pieces =
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|^[ \t]*#[ \t]*include[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/gm;
  return joined.replace(pieces, (piece) => {
    if (piece.startsWith('/*')) return piece.includes('\n') ? piece.replace(/[^\n]+/g, ' ') : ' ';
    if (piece.startsWith('//')) return ' ';
    if (/^[ \t]*#/.test(piece)) return piece.replace(/\/[/*].*$/, '');
    return piece.startsWith('"') ? '""' : "''";
  });
}

/** Characters of parameters, attributes and old-style types that are looked through for the body's brace. */
const longestHead = 2000;

/** A definition of `main` outside of all braces: its parameters are followed by a body, not by `;` or `,`. */
function definesMain(code: string): boolean {
  const token = /[{}]|\bmain\s*\(/g;
  let depth = 0;
  for (let match = token.exec(code); match !== null; match = token.exec(code)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      const head = code.slice(token.lastIndex, token.lastIndex + longestHead);
      const end = closingParenthesis(head);
      const parameters = head.slice(0, end);
      const after = head.slice(end + 1);
      // Before C89 the parameters' types stand between the parentheses and the body.
      const isOld = /^\s*\w+(?:\s*,\s*\w+)*\s*$/.test(parameters) && !/^\s*void\s*$/.test(parameters);
      if ((isOld ? /^[\w\s*,;[\]]*\{/ : /^[^;,={}]*\{/).test(after)) return true;
    }
  }
  return false;
}

function closingParenthesis(text: string): number {
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
