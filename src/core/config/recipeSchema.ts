import * as v from 'valibot';

import { archiveStep, fileStep, rootfsStep } from './archiveSchema.js';
import { cStep, goStep, programStep } from './programSchema.js';
import { about, asWritten, flag, text, texts } from './schemaParts.js';

/** `recipes:` of crossbow.yaml, and of the built-in recipes' files. */

const runStep = v.object({
  command: v.exactOptional(
    v.pipe(
      v.array(text, 'must be a list: program and arguments'),
      about('Command', 'Program and arguments, as a list. No shell reads them.', [['make', 'assets']]),
    ),
  ),
  inputs: v.exactOptional(
    v.pipe(texts, about('Inputs', 'Files or globs. While they are unchanged the command is not run again.')),
  ),
  outputs: v.exactOptional(
    v.pipe(texts, about('Outputs', "Files that the command writes below the recipe's folder, `${outputs}`.")),
  ),
  env: v.exactOptional(
    v.pipe(v.record(v.string(), asWritten), about('Environment', 'Further variables of the command.')),
  ),
});

const recipeStep = v.object({
  name: v.exactOptional(v.pipe(text, about('Recipe', 'Name of the recipe that is run first.'))),
  directory: v.exactOptional(
    v.pipe(text, about('Folder', 'Where that recipe is found, if not in this workspace.', ['../guardian'])),
  ),
  variables: v.exactOptional(
    v.pipe(v.record(v.string(), asWritten), about('Variables', "Replace the other recipe's own.")),
  ),
  optional: v.exactOptional(
    v.pipe(
      flag,
      about('Optional', 'Where there is no such recipe, the step and what refers to it are left out.'),
    ),
  ),
});

/** The keys that say what a step does; it has exactly one of them. */
const actions = {
  go: v.exactOptional(v.pipe(goStep, about('Build Go programs', 'Main packages, with their C parts.'))),
  c: v.exactOptional(v.pipe(cStep, about('Compile a C program', "With the target's own proven compiler."))),
  program: v.exactOptional(
    v.pipe(programStep, about('Build a program that is found', 'In Go or in C, wherever it lies.')),
  ),
  rootfs: v.exactOptional(v.pipe(rootfsStep, about('Pack a root filesystem', 'As an archive.'))),
  archive: v.exactOptional(v.pipe(archiveStep, about('Pack an archive', 'Same inputs, same bytes.'))),
  file: v.exactOptional(v.pipe(fileStep, about('Write a file', 'A text, with its references replaced.'))),
  run: v.exactOptional(v.pipe(runStep, about('Run a command', 'Only in a trusted workspace.'))),
  recipe: v.exactOptional(v.pipe(recipeStep, about('Run another recipe', 'First, and for the same target.'))),
};

export const stepKinds = Object.keys(actions) as readonly (keyof typeof actions)[];

const step = v.object({
  name: v.exactOptional(
    v.pipe(
      text,
      about(
        'Name',
        'Unique in its recipe: small letters, digits, `.`, `_` and `-`. `${steps.NAME}` is its file.',
      ),
    ),
  ),
  ...actions,
  needs: v.exactOptional(
    v.pipe(texts, about('Needs', 'Steps that come first, beside those that `${steps.NAME}` names.')),
  ),
});

const recipe = v.object({
  title: v.exactOptional(v.pipe(text, about('Title', 'What it makes, in one line.'))),
  directory: v.exactOptional(
    v.pipe(text, about('Folder', "Where the steps' paths start, below the folder of crossbow.yaml.")),
  ),
  matrix: v.exactOptional(
    v.pipe(
      texts,
      about('Targets', 'Targets and devices that the recipe is for. Default: all.', [
        ['linux/arm/v7', 'linux/arm64'],
      ]),
    ),
  ),
  variables: v.exactOptional(
    v.pipe(
      v.record(v.string(), asWritten),
      about('Variables', 'Texts that `${name}` stands for. `version` here wins over the one of git.'),
    ),
  ),
  steps: v.exactOptional(
    v.pipe(
      v.array(v.pipe(step, v.metadata({ title: 'Step' }))),
      about('Steps', 'What is done. Steps that need nothing of each other run at the same time.'),
    ),
  ),
});

export const recipesSchema = v.pipe(
  v.record(v.string(), v.pipe(recipe, v.metadata({ title: 'Recipe' }))),
  about(
    'Recipes',
    'Named lists of steps that turn this workspace into artifacts for a target; `crossbow recipe run NAME`.',
    [{ server: { steps: [{ name: 'server', go: './cmd/server' }] } }],
  ),
);
