import { toolchainStateText, type ToolchainState } from '../toolchain/toolchainState.js';
import { parseChoice } from './parseChoice.js';
import { searchTerms } from './searchTerms.js';
import { targetId } from './target.js';
import { choiceKey, choiceName, sameChoice, type TargetChoice } from './targetChoice.js';
import { operatingSystemName, operatingSystems, toolchainStateOf, type TargetsState } from './targetTree.js';

/** A line of the target picker. */
export type PickRow =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly choice: TargetChoice;
      readonly label: string;
      readonly description: string;
      readonly toolchain: ToolchainState;
      readonly active: boolean;
    }
  /** What was typed is a target, but none of the list. */
  | { readonly kind: 'typed'; readonly choice: TargetChoice; readonly label: string }
  /** What was typed is no target: the reason, with the nearest legal one to take instead. */
  | { readonly kind: 'refused'; readonly message: string; readonly nearest?: TargetChoice };

interface Section {
  readonly label: string;
  readonly choices: readonly TargetChoice[];
}

/**
 * The picker's lines for what was typed so far. First what the text means, if it means a target; then pinned
 * targets, devices and each operating system, as far as one of their spellings holds what was typed.
 */
export function targetPick(state: TargetsState, typed: string): readonly PickRow[] {
  const query = typed.trim();
  const listed = sections(state);
  if (query === '') {
    return listed.flatMap((section) => sectionRows(state, section));
  }
  const meant = parseChoice(query, state.catalogue);
  const best = meant.kind === 'choice' ? meant.choice : undefined;
  const found = listed.flatMap(({ label, choices }) =>
    sectionRows(state, {
      label,
      choices: choices.filter(
        (choice) =>
          (best === undefined || !sameChoice(best, choice)) &&
          (sameTarget(best, choice) || matches(query, choice)),
      ),
    }),
  );
  if (best !== undefined) {
    const known = listed.some(({ choices }) => choices.some((it) => sameChoice(it, best)));
    const row: PickRow = known
      ? choiceRow(state, best)
      : { kind: 'typed', choice: best, label: `Use ${choiceName(best)}` };
    return [{ kind: 'separator', label: 'Best match' }, row, ...found];
  }
  if (meant.kind === 'refused' && found.length === 0) {
    const { message, nearest } = meant;
    return [{ kind: 'refused', message, ...(nearest === undefined ? {} : { nearest }) }];
  }
  return found;
}

/** Each choice once: what is pinned is not said again below. */
function sections(state: TargetsState): readonly Section[] {
  const seen = new Set<string>();
  const take = (choices: readonly TargetChoice[]): readonly TargetChoice[] =>
    choices.filter((choice) => {
      const key = choiceKey(choice);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  const { catalogue, pinned, active } = state;
  return [
    { label: 'Pinned', choices: take(pinned) },
    { label: 'Active', choices: active === undefined ? [] : take([active]) },
    {
      label: 'Devices',
      choices: take(catalogue.devices.map((device) => ({ target: device.target, device }))),
    },
    ...operatingSystems(catalogue).map((goos) => ({
      label: operatingSystemName(goos),
      choices: take(catalogue.targets.filter((it) => it.goos === goos).map((target) => ({ target }))),
    })),
  ];
}

function sectionRows(state: TargetsState, { label, choices }: Section): readonly PickRow[] {
  return choices.length === 0
    ? []
    : [{ kind: 'separator', label }, ...choices.map((choice) => choiceRow(state, choice))];
}

function choiceRow(state: TargetsState, choice: TargetChoice): PickRow {
  const toolchain = toolchainStateOf(state, choice.target);
  const active = state.active !== undefined && sameChoice(state.active, choice);
  return {
    kind: 'choice',
    choice,
    label: choiceName(choice),
    description: [
      ...(choice.device === undefined ? [] : [targetId(choice.target)]),
      ...(active ? ['active'] : []),
      ...(toolchain === 'unknown' ? [] : [toolchainStateText(toolchain)]),
    ].join(' · '),
    toolchain,
    active,
  };
}

function sameTarget(a: TargetChoice | undefined, b: TargetChoice): boolean {
  return a !== undefined && targetId(a.target) === targetId(b.target);
}

/** Every word that was typed occurs in one of the choice's spellings; case and punctuation don't matter. */
function matches(query: string, choice: TargetChoice): boolean {
  const haystack = [
    operatingSystemName(choice.target.goos),
    ...searchTerms(choice.target, choice.device),
  ].map(squeeze);
  return query
    .split(/\s+/)
    .map(squeeze)
    .every((word) => word === '' || haystack.some((it) => it.includes(word)));
}

/** `linux/arm/v7`, `linux-armv7` and `Linux ARMv7` are one spelling; `+` tells a Pi 3B from a 3B+. */
function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9+]/g, '');
}
