/**
 * Every name that package.json contributes, once. A wrong name is a compile error here, and a unit test holds
 * the manifest against this file.
 */
export const commands = {
  build: 'crossbow.build',
  buildActive: 'crossbow.buildActive',
  buildPinned: 'crossbow.buildPinned',
  cancelBuild: 'crossbow.cancelBuild',
  selectTarget: 'crossbow.selectTarget',
  selectPackage: 'crossbow.selectPackage',
  setActive: 'crossbow.setActive',
  pin: 'crossbow.pin',
  unpin: 'crossbow.unpin',
  pinTarget: 'crossbow.pinTarget',
  run: 'crossbow.run',
  runActive: 'crossbow.runActive',
  revealInExplorer: 'crossbow.revealInExplorer',
  revealInSystem: 'crossbow.revealInSystem',
  copyBuildCommand: 'crossbow.copyBuildCommand',
  showToolchain: 'crossbow.showToolchain',
  chooseCompiler: 'crossbow.chooseCompiler',
  deleteArtifact: 'crossbow.deleteArtifact',
  showSize: 'crossbow.showSize',
  showSsa: 'crossbow.showSsa',
  saveSsaPage: 'crossbow.saveSsaPage',
  showXray: 'crossbow.showXray',
  refreshWhyCgo: 'crossbow.refreshWhyCgo',
  copyChain: 'crossbow.copyChain',
  explainProblem: 'crossbow.explainProblem',
  runRecipe: 'crossbow.runRecipe',
  runRecipeAgain: 'crossbow.runRecipeAgain',
  runFromStep: 'crossbow.runFromStep',
  cancelRecipe: 'crossbow.cancelRecipe',
  customizeRecipe: 'crossbow.customizeRecipe',
  openRecipe: 'crossbow.openRecipe',
  showStepOutput: 'crossbow.showStepOutput',
  openArchive: 'crossbow.openArchive',
  refresh: 'crossbow.refresh',
  openConfig: 'crossbow.openConfig',
  openSettings: 'crossbow.openSettings',
  showLog: 'crossbow.showLog',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** Commands that only our own code actions and notifications call; not in the manifest. */
export const internalCommands = {
  applyFix: 'crossbow.applyFix',
  mendCommand: 'crossbow.mendCommand',
  openOutput: 'crossbow.openOutput',
} as const;

export const viewContainer = 'crossbow';

export const views = {
  targets: 'crossbow.targets',
  whyCgo: 'crossbow.whyCgo',
} as const;

/** Types of our webview panels, by which the editor opens them again after a reload. */
export const webviews = {
  size: 'crossbow.size',
  ssa: 'crossbow.ssa',
  xray: 'crossbow.xray',
} as const;

export type WebviewType = (typeof webviews)[keyof typeof webviews];

export const taskType = 'crossbow';

export const problemMatchers = {
  go: '$crossbow-go',
  gcc: '$crossbow-gcc',
  ld: '$crossbow-ld',
} as const;

/** Context keys that `when` clauses of the manifest read. */
export const contextKeys = {
  /** `unknown` until Go was looked for, then `found`, `missing` or `broken`. */
  go: 'crossbow.go',
  /** True once the workspace was searched and holds no go.mod. */
  noModule: 'crossbow.noModule',
  hasActive: 'crossbow.hasActive',
  hasPinned: 'crossbow.hasPinned',
  building: 'crossbow.building',
  /** Whether a recipe is being run. */
  recipeRunning: 'crossbow.recipeRunning',
} as const;

/** Settings by their names below `crossbow.`, with their types. */
export interface Settings {
  readonly 'go.path': string;
  readonly 'targets.pinned': readonly string[];
  readonly 'toolchains.probe': boolean;
  readonly 'build.reveal': 'always' | 'onFailure' | 'never';
  readonly 'diagnostics.enabled': boolean;
  readonly 'diagnostics.terminals': boolean;
  readonly 'diagnostics.rebuildAfterFix': boolean;
  readonly 'checks.enabled': boolean;
  readonly 'notifications.onFailure': boolean;
  readonly 'ssa.codeLens': boolean;
  readonly 'cgo.codeLens': boolean;
}

/** The names of all settings, for the test of the manifest; the type makes sure that none is left out. */
export const settingNames = Object.keys({
  'go.path': true,
  'targets.pinned': true,
  'toolchains.probe': true,
  'build.reveal': true,
  'diagnostics.enabled': true,
  'diagnostics.terminals': true,
  'diagnostics.rebuildAfterFix': true,
  'checks.enabled': true,
  'notifications.onFailure': true,
  'ssa.codeLens': true,
  'cgo.codeLens': true,
} satisfies Record<keyof Settings, true>);

export const settingsSection = 'crossbow';

/** What a row of the Targets view is, for `when` clauses: words that `viewItem =~ /\bword\b/` finds. */
export const viewItems = {
  target: 'target',
  artifact: 'artifact',
  group: 'group',
  active: 'active',
  pinned: 'pinned',
  running: 'running',
  built: 'built',
  cgo: 'cgo',
  recipe: 'recipe',
  /** A recipe that runs now, and one that doesn't. */
  busy: 'busy',
  idle: 'idle',
  /** A recipe of crossbow.yaml, and one that could be copied there. */
  written: 'written',
  found: 'found',
  step: 'step',
  /** A step that does something itself, and one that runs another recipe. */
  own: 'own',
  inner: 'inner',
  output: 'output',
  archive: 'archive',
  program: 'program',
  file: 'file',
  /** Of the view Why cgo: a row with a chain to copy. */
  chain: 'chain',
} as const;
