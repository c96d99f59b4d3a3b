import { recordField, textField, textsField } from '../../build/jsonFields.js';
import { goTime } from './goTime.js';

/** One action of a build, as the go command tells it (cmd/go/internal/work/action.go, actionJSON); what it left out is absent. */
export interface GoAction {
  readonly id: number;
  /** `build`, `link`, `cgo run`, `cgo compile FILE`, …: the go command's own word, whatever version it is of. */
  readonly mode: string;
  readonly package?: string;
  /** Ids of the actions that had to be done before. */
  readonly deps: readonly number[];
  /** Times in milliseconds since the epoch, with fractions. */
  readonly ready?: number;
  readonly start?: number;
  readonly done?: number;
  /** Each command as go joined its words (see `splitGoWords`), in the order they ended. */
  readonly commands: readonly string[];
  /** Of all commands together, in milliseconds; `user` and `system` include what the commands started and waited for. */
  readonly commandMs?: { readonly real: number; readonly user: number; readonly system: number };
  /** The go command's private folder for this package, gone after the build. */
  readonly folder?: string;
  /** Hash of all that goes in; of that and of what came out. Go rebuilds where it has nothing for the first. */
  readonly actionId?: string;
  readonly buildId?: string;
  readonly failed: boolean;
}

/** What could be read of a graph. */
export interface ActionGraph {
  readonly actions: readonly GoAction[];
  /** Why this is not all that there was, in words for people: the text was cut off, or entries made no sense. */
  readonly gaps: readonly string[];
}

/** Reads what `go build -debug-actiongraph=FILE` wrote. Of a text that was cut off or damaged, the whole entries count. */
export function parseActionGraph(text: string): ActionGraph {
  const { entries, gaps } = readEntries(text);
  const seen = new Set<number>();
  const actions: GoAction[] = [];
  for (const entry of entries) {
    const action = readAction(entry);
    if (action === undefined || seen.has(action.id)) continue;
    seen.add(action.id);
    actions.push(action);
  }
  const odd = entries.length - actions.length;
  return {
    actions,
    gaps:
      odd === 0
        ? gaps
        : [...gaps, `${odd} of its ${entries.length} entries are no actions as Go writes them`],
  };
}

/** What Go made of a package: enough to tell, beside a later build, why that built it again. */
export type BuiltAction = Pick<GoAction, 'mode' | 'package' | 'actionId' | 'buildId'>;

/** Of a graph that is only compared with: the compilations, without all else that is in it. */
export function parseBuiltActions(text: string): readonly BuiltAction[] {
  const mode = 'build';
  return readEntries(text).entries.flatMap((entry): readonly BuiltAction[] => {
    const fields = recordField(entry);
    if (fields?.['Mode'] !== mode) return [];
    const built: { -readonly [Key in keyof BuiltAction]: BuiltAction[Key] } = { mode };
    const [path, actionId, buildId] = ['Package', 'ActionID', 'BuildID'].map((it) => textField(fields[it]));
    if (path !== undefined) built.package = path;
    if (actionId !== undefined) built.actionId = actionId;
    if (buildId !== undefined) built.buildId = buildId;
    return [built];
  });
}

interface Entries {
  readonly entries: readonly unknown[];
  readonly gaps: readonly string[];
}

function readEntries(text: string): Entries {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { entries: value, gaps: [] };
    return { entries: [], gaps: ['it is no list of actions'] };
  } catch {
    const entries = wholeObjects(text);
    const gap = entries.length === 0 ? 'it is empty or no JSON' : 'it is cut off or damaged';
    return { entries, gaps: [gap] };
  }
}

/** The objects of a list that are there from brace to brace; braces within texts don't count. */
function wholeObjects(text: string): readonly unknown[] {
  const found: unknown[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g;
  let depth = 0;
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(token)) {
    if (mark === '{') {
      if (depth === 0) from = index;
      depth++;
    } else if (mark === '}' && depth > 0) {
      depth--;
      if (depth > 0) continue;
      const value = parsed(text.slice(from, index + 1));
      if (value !== undefined) found.push(value);
    }
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readAction(entry: unknown): GoAction | undefined {
  const fields = recordField(entry);
  const id = fields?.['ID'];
  const mode = textField(fields?.['Mode']);
  if (fields === undefined || typeof id !== 'number' || !Number.isInteger(id) || mode === undefined)
    return undefined;
  const commands = textsField(fields['Cmd']);
  const { Deps } = fields;
  // Assigned one by one: there are thousands, and a view waits for them.
  const action: Draft = {
    id,
    mode,
    deps: Array.isArray(Deps) ? Deps.filter((it) => typeof it === 'number') : [],
    commands,
    failed: fields['Failed'] === true,
  };
  set(action, 'package', textField(fields['Package']));
  set(action, 'ready', goTime(fields['TimeReady']));
  set(action, 'start', goTime(fields['TimeStart']));
  set(action, 'done', goTime(fields['TimeDone']));
  set(action, 'commandMs', commands.length === 0 ? undefined : commandTimes(fields));
  set(action, 'folder', textField(fields['Objdir']));
  set(action, 'actionId', textField(fields['ActionID']));
  set(action, 'buildId', textField(fields['BuildID']));
  return action;
}

type Draft = { -readonly [Key in keyof GoAction]: GoAction[Key] };

function set<Key extends keyof Draft>(action: Draft, key: Key, value: Draft[Key] | undefined): void {
  if (value !== undefined) action[key] = value;
}

/** Go writes durations in nanoseconds. */
function commandTimes(fields: Readonly<Record<string, unknown>>): GoAction['commandMs'] {
  const { CmdReal, CmdUser, CmdSys } = fields;
  if (typeof CmdReal !== 'number') return undefined;
  const ms = (value: unknown): number => (typeof value === 'number' ? Math.max(0, value / 1e6) : 0);
  return { real: ms(CmdReal), user: ms(CmdUser), system: ms(CmdSys) };
}
