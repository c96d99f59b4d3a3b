import type { Host } from '../../ports.js';
import { levelVariables } from '../../target/levels.js';

/** Variables that the go command sets for its tools, and that decide what the compiler does. */
export const toolVariables = [
  'GOROOT',
  'GOOS',
  'GOARCH',
  ...levelVariables,
  'GOWASM',
  'GOEXPERIMENT',
  'GOFIPS140',
];

/**
 * A program for `-toolexec` that lets every tool run but one: the compiler of the package that is marked by a flag. Of
 * that it keeps the command line and the folder of generated files, and ends with a failure instead of compiling: the
 * package need not be compiled twice, and nothing of the mark reaches the build cache. It is started for every tool, so
 * it is a shell script where there is a shell (2 ms); Windows has Node, which the editor is anyway.
 *
 * Tests need the package they test compiled, in the same run: then the recorder compiles, too, and keeps what was
 * compiled for it, which the go command removes when it ends.
 */
export function recorderFor(host: Host, node: string | undefined): Recorder | undefined {
  if (host.platform === 'win32') {
    return node === undefined ? undefined : { fileName: 'record.cjs', text: nodeRecorder, words: [node] };
  }
  return { fileName: 'record.sh', text: shellRecorder, words: ['/bin/sh'] };
}

export interface Recorder {
  readonly fileName: string;
  readonly text: string;
  /** What starts the file. */
  readonly words: readonly string[];
}

/** What the recorder reads: the flag that marks the package, where to write, and whether to compile all the same. */
export const recorderVariables = {
  mark: 'CROSSBOW_SSA_MARK',
  out: 'CROSSBOW_SSA_OUT',
  compile: 'CROSSBOW_SSA_COMPILE',
} as const;

const { mark, out, compile } = recorderVariables;

/** Files are NUL-separated: a path may hold everything else. C objects are large, and the compiler does not read them. */
const shellRecorder = `case "$*" in
*"$${mark}"*) ;;
*) exec "$@" ;;
esac
out=$${out}/$$
mkdir -p "$out/obj" || exit 1
object=
previous=
for word in "$@"; do
  if [ "$previous" = -o ]; then object=$word; fi
  previous=$word
done
(
  folder=\${object%/*}
  set --
  for file in "$folder"/*; do
    case "$file" in
    *.o | *.a | *.c | *.h) ;;
    *) if [ -f "$file" ]; then set -- "$@" "$file"; fi ;;
    esac
  done
  if [ $# -gt 0 ]; then cp "$@" "$out/obj/"; fi
) || exit 1
if [ "$${compile}" = 1 ]; then
  folder=\${object%/*}
  count=0
  while IFS= read -r line; do
    case "$line" in
    *"=\${folder%/*}/"*)
      count=$((count + 1))
      cp "\${line#*=}" "$out/obj/$count.a" || exit 1
      line="\${line%%=*}=$folder/$count.a"
      ;;
    esac
    printf '%s\n' "$line"
  done < "$folder/importcfg" > "$out/obj/importcfg"
fi
for name in ${toolVariables.join(' ')}; do
  eval "value=\\\${$name-}"
  if [ -n "$value" ]; then printf '%s=%s\\0' "$name" "$value"; fi
done > "$out/env"
printf '%s\\0' "$PWD" "$@" > "$out/words" || exit 1
if [ "$${compile}" = 1 ]; then exec "$@"; fi
exit 1
`;

const nodeRecorder = `const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const words = process.argv.slice(2);
function run() {
  const { status } = spawnSync(words[0], words.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}
if (!words.join(' ').includes(process.env.${mark})) run();
const out = path.join(process.env.${out}, String(process.pid));
fs.mkdirSync(path.join(out, 'obj'), { recursive: true });
const folder = path.dirname(words[words.lastIndexOf('-o') + 1]);
for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
  if (!entry.isFile() || /\\.[oach]$/.test(entry.name)) continue;
  fs.copyFileSync(path.join(folder, entry.name), path.join(out, 'obj', entry.name));
}
if (process.env.${compile} === '1') {
  const config = path.join(folder, 'importcfg');
  const work = path.dirname(folder) + path.sep;
  const lines = fs.readFileSync(config, 'utf8').split('\n').map((line, index) => {
    const at = line.indexOf('=' + work);
    if (at < 0) return line;
    fs.copyFileSync(line.slice(at + 1), path.join(out, 'obj', index + '.a'));
    return line.slice(0, at + 1) + path.join(folder, index + '.a');
  });
  fs.writeFileSync(path.join(out, 'obj', 'importcfg'), lines.join('\n'));
}
const names = ${JSON.stringify(toolVariables)};
const set = names.filter((name) => process.env[name]).map((name) => name + '=' + process.env[name] + '\\0');
fs.writeFileSync(path.join(out, 'env'), set.join(''));
fs.writeFileSync(path.join(out, 'words'), [process.cwd(), ...words].map((word) => word + '\\0').join(''));
if (process.env.${compile} === '1') run();
process.exit(1);
`;
