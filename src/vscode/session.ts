import * as vscode from 'vscode';
import type { MainPackage } from '../core/build/build.js';
import type { Discovery, ToolchainOptions } from '../core/crossbow.js';
import type { CrossbowConfig } from '../core/config/config.js';
import type { GoStatus } from '../core/go/goTool.js';
import type { Catalogue } from '../core/target/catalogue.js';
import { parseChoice } from '../core/target/parseChoice.js';
import { targetId, type Target } from '../core/target/target.js';
import { cgoSupported, choiceKey, type TargetChoice } from '../core/target/targetChoice.js';
import type { TargetsState } from '../core/target/targetTree.js';
import { BuildBook } from './buildBook.js';
import { configFileName, noConfig, type ConfigFile, type Engine, type LoadEngine } from './engine.js';
import { RecipeBook } from './recipeBook.js';
import { readSetting } from './settings.js';
import { ToolchainWatch } from './toolchainWatch.js';
import { workspacePlaces } from './workspacePlaces.js';

/** Names under which the editor remembers what a person chose. A new shape of the catalogue needs a new name. */
const keys = { active: 'active', pinned: 'pinned', package: 'package', catalogue: 'catalogue.2' } as const;

/** How a package is built. */
export interface PackageSettings {
  /** Absolute: the folder of crossbow.yaml, else the workspace folder. */
  readonly root: string;
  readonly config: CrossbowConfig;
  /** Absolute path of its crossbow.yaml, there or to be made. */
  readonly configPath: string;
}

/**
 * What the window knows: catalogue, choices, toolchains, builds. Surfaces read `state` and listen to
 * `onDidChange`. It starts from what was remembered, so that the first paint waits for nothing, and learns
 * the rest in the background.
 */
export class Session implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Anything that a surface shows. */
  readonly onDidChange = this.#changed.event;
  readonly #learnt = new vscode.EventEmitter<void>();
  /** Only what was read from the workspace: crossbow.yaml, modules and programs. */
  readonly onDidLearn = this.#learnt.event;

  readonly toolchains: ToolchainWatch;
  readonly builds: BuildBook;
  readonly recipes: RecipeBook;
  readonly #owned: vscode.Disposable;

  #catalogue: Catalogue;
  #active: string | undefined;
  #pinned: readonly string[];
  #go: GoStatus | undefined;
  #discovery: Promise<Discovery> | undefined;
  #lastDiscovery: Discovery | undefined;
  #config: ConfigFile | undefined;
  #engine: Promise<Engine> | undefined;

  constructor(
    private readonly memory: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalState' | 'storageUri'>,
    private readonly loadEngine: LoadEngine,
    log: vscode.LogOutputChannel,
    builtInCatalogue: Catalogue,
  ) {
    const { workspaceState, globalState } = memory;
    this.#catalogue = globalState.get<Catalogue>(keys.catalogue) ?? builtInCatalogue;
    this.#active = workspaceState.get<string>(keys.active);
    this.#pinned = workspaceState.get<string[]>(keys.pinned) ?? readSetting('targets.pinned', []);
    this.builds = new BuildBook(workspaceState);
    this.toolchains = new ToolchainWatch(async (target, { fresh, patient }) => {
      const engine = await this.engine();
      const zig = patient ? 'if-needed' : 'remembered';
      return engine.crossbow.toolchains(target, { ...this.options(fresh), zig });
    }, log);
    this.recipes = new RecipeBook(
      {
        engine: () => this.engine(),
        places: async () => workspacePlaces(await this.engine(), this.#catalogue),
        targets: () => this.#chosenTargets(),
      },
      memory.storageUri,
      log,
    );
    const forward = (): void => {
      this.#changed.fire();
    };
    this.#owned = vscode.Disposable.from(
      this.builds,
      this.toolchains,
      this.recipes,
      this.recipes.onDidChange(forward),
      this.builds.onDidChange(forward),
      this.toolchains.onDidChange(forward),
    );
  }

  dispose(): void {
    this.#owned.dispose();
    this.#changed.dispose();
    this.#learnt.dispose();
  }

  /** What the Targets view, the status bar and the picker show. */
  get state(): TargetsState {
    const active = this.active;
    return {
      catalogue: this.#catalogue,
      ...(active === undefined ? {} : { active }),
      pinned: this.pinnedKeys.flatMap((key) => this.choice(key) ?? []),
      toolchains: this.toolchains.known,
      history: this.builds.history,
      running: this.builds.running,
      recipes: this.recipes.statuses,
    };
  }

  get active(): TargetChoice | undefined {
    return this.#active === undefined ? undefined : this.choice(this.#active);
  }

  /** Spellings that are pinned: crossbow.yaml's where the file is there, else the window's own. */
  get pinnedKeys(): readonly string[] {
    return this.#config?.config.pinned ?? this.#pinned;
  }

  /** Undefined until Go was looked for. */
  get go(): GoStatus | undefined {
    return this.#go;
  }

  /** The crossbow.yaml of the first folder or above it, if there is one. */
  get configFile(): ConfigFile | undefined {
    return this.#config;
  }

  get lastDiscovery(): Discovery | undefined {
    return this.#lastDiscovery;
  }

  /** The choice that a spelling means, if any. */
  choice(spelling: string): TargetChoice | undefined {
    const parsed = parseChoice(spelling, this.#catalogue);
    return parsed.kind === 'choice' ? parsed.choice : undefined;
  }

  /** The façade over the installed Go; made when first asked for. */
  engine(): Promise<Engine> {
    this.#engine ??= this.loadEngine();
    return this.#engine;
  }

  /** Options for the façade's calls: this workspace's configuration and trust. */
  options(fresh = false): ToolchainOptions {
    return { config: this.#config?.config ?? noConfig, trusted: vscode.workspace.isTrusted, fresh };
  }

  /** The first folder on this disk; undefined in a window without one. */
  get root(): vscode.Uri | undefined {
    return vscode.workspace.workspaceFolders?.find((it) => it.uri.scheme === 'file')?.uri;
  }

  /** How a package is built: its crossbow.yaml, and the folder that holds that and dist/. */
  async settingsOf(mainPackage: MainPackage): Promise<PackageSettings> {
    const engine = await this.engine();
    const file = await engine.findConfig(mainPackage.directory, this.#catalogue);
    if (file !== undefined) {
      return { root: engine.host.dirname(file.path), config: file.config, configPath: file.path };
    }
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(mainPackage.directory));
    const root = folder?.uri.fsPath ?? mainPackage.moduleDirectory;
    return { root, config: noConfig, configPath: engine.host.join(root, configFileName) };
  }

  /** Learns everything again. Nothing of the workspace is run while it is not trusted. */
  async refresh(fresh = false): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      this.#changed.fire();
      return;
    }
    const engine = await this.engine();
    await this.reloadConfig();
    this.#go = await engine.crossbow.go();
    if (this.#go.kind === 'found') {
      this.#catalogue = await engine.crossbow.catalogue();
      void this.memory.globalState.update(keys.catalogue, this.#catalogue);
    }
    this.#changed.fire();
    this.forgetPackages();
    this.probeAgain(fresh);
    await this.discover();
  }

  /** Reads crossbow.yaml again. */
  async reloadConfig(): Promise<void> {
    const engine = await this.engine();
    this.#config =
      this.root === undefined ? undefined : await engine.findConfig(this.root.fsPath, this.#catalogue);
    this.#changed.fire();
    this.#learnt.fire();
    void this.recipes.refresh();
  }

  /** Main packages of the workspace; the listing is shared until {@link forgetPackages}. */
  discover(): Promise<Discovery> {
    this.#discovery ??= this.#listPackages();
    return this.#discovery;
  }

  forgetPackages(): void {
    this.#discovery = undefined;
  }

  async #listPackages(): Promise<Discovery> {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter((it) => it.uri.scheme === 'file')
      .map((it) => it.uri.fsPath);
    const engine = await this.engine();
    this.#lastDiscovery = await engine.crossbow.mainPackages(folders);
    this.#changed.fire();
    this.#learnt.fire();
    return this.#lastDiscovery;
  }

  setActive(choice: TargetChoice): void {
    this.#active = choiceKey(choice);
    void this.memory.workspaceState.update(keys.active, this.#active);
    this.#changed.fire();
    void this.recipes.show();
    this.probe([choice.target]);
  }

  /** Pins in the window's own memory; where crossbow.yaml is there, the caller edits that instead. */
  setPinned(pinned: readonly string[]): void {
    this.#pinned = pinned;
    void this.memory.workspaceState.update(keys.pinned, pinned);
    this.#changed.fire();
    void this.recipes.show();
    this.probe(this.#chosenTargets());
  }

  /** The program that builds are of when several could be: an import path, `*` for all, or not chosen yet. */
  get chosenPackage(): string | undefined {
    return this.memory.workspaceState.get<string>(keys.package);
  }

  async choosePackage(importPath: string): Promise<void> {
    await this.memory.workspaceState.update(keys.package, importPath);
  }

  /** Looks for C toolchains in the background, where the workspace and the person allow it. */
  probe(targets: readonly Target[]): void {
    if (this.#mayProbe()) {
      const withCgo = targets.filter((it) => cgoSupported(it, this.#catalogue));
      const chosen = new Set(this.#chosenTargets().map(targetId));
      // People wait for what they chose; the other rows are looked at in passing.
      for (const patient of [true, false]) {
        this.toolchains.ask(
          withCgo.filter((it) => chosen.has(targetId(it)) === patient),
          patient,
        );
      }
    }
  }

  /** Looks again for what was looked for, after compilers or crossbow.yaml changed. */
  probeAgain(fresh: boolean): void {
    if (this.#mayProbe()) {
      const targets = this.#chosenTargets().filter((it) => cgoSupported(it, this.#catalogue));
      this.toolchains.askAgain(targets, fresh);
    }
  }

  #mayProbe(): boolean {
    return vscode.workspace.isTrusted && readSetting('toolchains.probe', true);
  }

  /** The active target and the pinned ones, each once. */
  #chosenTargets(): readonly Target[] {
    const pinned = this.pinnedKeys.flatMap((key) => this.choice(key) ?? []);
    const targets = [...(this.active === undefined ? [] : [this.active]), ...pinned].map((it) => it.target);
    return [...new Map(targets.map((it) => [targetId(it), it])).values()];
  }
}
