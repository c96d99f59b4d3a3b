import { quotePosix } from '../../build/shellCommand.js';
import type { ConfigChange } from '../../config/config.js';

/* Keys of a toolchain in crossbow.yaml, and the variables that do the same for a plain `go build`. */
const variables: Readonly<Record<string, string>> = {
  cc: 'CC',
  cxx: 'CXX',
  fc: 'FC',
  ar: 'AR',
  'pkgConfig.command': 'PKG_CONFIG',
  'pkgConfig.libdir': 'PKG_CONFIG_LIBDIR',
  'pkgConfig.sysrootDir': 'PKG_CONFIG_SYSROOT_DIR',
};

/**
 * The variables that do to a plain `go build` what the changes of crossbow.yaml do to a build of ours; undefined where
 * variables can't say it (tags, linker flags, a key that is removed).
 */
export function environmentOfChanges(
  changes: readonly ConfigChange[],
): Readonly<Record<string, string>> | undefined {
  const env: Record<string, string> = {};
  for (const { path, value } of changes) {
    const [section, ...rest] = path;
    const keys = section === 'toolchains' ? rest.slice(1) : section === 'defaults' ? rest : [];
    if (typeof value !== 'string' && typeof value !== 'boolean') return undefined;
    const [key = '', name] = keys;
    const known = variables[keys.join('.')];
    if (key === 'env' && name !== undefined) env[name] = String(value);
    else if (key === 'cgo' && value !== 'auto')
      env['CGO_ENABLED'] = value === 'off' || value === false ? '0' : '1';
    else if (known !== undefined && typeof value === 'string') env[known] = value;
    else return undefined;
  }
  return Object.keys(env).length === 0 ? undefined : env;
}

/**
 * The line as it would have to be typed: its own settings of these variables taken out, and the new ones put in, in the
 * shell's way. `shell` is VS Code's word for it; undefined where the shell is none that we can write for.
 */
export function correctCommand(
  line: string,
  env: Readonly<Record<string, string>>,
  shell: string | undefined,
): string | undefined {
  const text = line.trim();
  if (text === '' || /[\r\n]/.test(text)) return undefined;
  const names = Object.keys(env);
  const entries = Object.entries(env);
  switch (shell) {
    case 'pwsh':
      return `${entries.map(([name, value]) => `$env:${name}='${value.replaceAll("'", "''")}'; `).join('')}${without(text, names, powerShell)}`;
    case 'cmd':
      return `${entries.map(([name, value]) => `set "${name}=${value}"&& `).join('')}${without(text, names, cmd)}`;
    case 'bash':
    case 'zsh':
    case 'sh':
    case 'ksh':
    case 'gitbash':
    case 'wsl':
    case undefined:
      return posixLine(without(text, names, posix), entries);
    default:
      return undefined;
  }
}

/** Before the last command of `cd x && go build`: there a variable reaches the build. */
function posixLine(text: string, entries: readonly (readonly [string, string])[]): string | undefined {
  // A pipe, a loop or a list is more than one place: exporting for the line would outlive it.
  if (/[;|(){}`]|\$\(/.test(text)) return undefined;
  const at = text.lastIndexOf('&&');
  const before = at < 0 ? '' : `${text.slice(0, at + 2)} `;
  const last = at < 0 ? text : text.slice(at + 2).trim();
  return `${before}${entries.map(([name, value]) => `${name}=${quotePosix(value)} `).join('')}${last}`;
}

const value = `(?:"[^"]*"|'[^']*'|[^\\s"';&|]*)`;
const posix = (name: string): RegExp => new RegExp(`(^|\\s)${name}=${value}(?:\\s+|$)`, 'g');
const powerShell = (name: string): RegExp =>
  new RegExp(`(^|[\\s;])\\$env:${name}\\s*=\\s*${value}\\s*;?\\s*`, 'gi');
const cmd = (name: string): RegExp => new RegExp(`(^|\\s)set\\s+"?${name}=[^&"]*"?\\s*&&?\\s*`, 'gi');

function without(text: string, names: readonly string[], pattern: (name: string) => RegExp): string {
  return names.reduce((rest, name) => rest.replace(pattern(name), '$1'), text);
}
