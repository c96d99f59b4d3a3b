import * as vscode from 'vscode';
import { formatShellWords } from '../core/build/shellCommand.js';
import { actionCommands } from '../core/insight/xray/actionCommands.js';
import type { XrayRecord } from '../core/insight/xray/xrayRecord.js';
import type { XrayReading } from '../core/insight/xray/xrays.js';
import { xrayView } from '../core/insight/xray/xrayDocument.js';
import { findXrayMark } from '../core/build/terminalText.js';
import { targetId } from '../core/target/target.js';
import type { XrayCalls } from '../protocol/xray.js';
import { artifactOf, type ArtifactRow } from './artifactCommands.js';
import { webviews } from './contributions.js';
import type { Session } from './session.js';
import { registerViews, type Views } from './webviewPanel.js';

/** What a panel is about: a build that was recorded. */
export interface XrayAbout {
  readonly id: string;
  readonly title: string;
  /** An earlier build that it is held against. */
  readonly before?: { readonly id: string; readonly title: string };
}

/** The view of one build from the inside. */
export function registerXrayView(
  extension: vscode.Uri,
  session: Session,
  log: vscode.LogOutputChannel,
): Views<XrayAbout> {
  const views = registerViews<XrayCalls, XrayAbout>(extension, log, {
    type: webviews.xray,
    bundle: 'xray',
    title: ({ title, before }) => `X-ray: ${before === undefined ? title : `${before.title} ↔ ${title}`}`,
    restore: readAbout,
    connect: ({ id, title, before }) => {
      let known: Promise<XrayReading> | undefined;
      const reading = (): Promise<XrayReading> => (known ??= read(session, id));
      return {
        load: async () => {
          const after = await reading();
          return xrayView(after, before === undefined ? undefined : await read(session, before.id));
        },
        compilers: async () => {
          const { crossbow } = await session.engine();
          return vscode.workspace.isTrusted ? crossbow.xrays.compilers(await reading()) : [];
        },
        compare: async () => {
          const { crossbow } = await session.engine();
          const records = (await crossbow.xrays.list()).filter((it) => it.id !== id);
          const picked = await pickRecord(records, 'Compare with');
          if (picked === undefined) return undefined;
          const own = { id, title };
          const other = aboutOf(picked);
          // The older one is the one before, whichever was opened first.
          views.open(picked.id < id ? { ...own, before: other } : { ...other, before: own });
          return undefined;
        },
        processes: async () => (await reading()).processes,
        commands: async (action) => actionCommands((await reading()).processes, action, process.platform),
        copy: async (what) => {
          const line = typeof what === 'string' ? what : formatShellWords(what, process.platform);
          await vscode.env.clipboard.writeText(line);
          return undefined;
        },
      };
    },
  });
  return views;
}

/** A build's terminal names its X-ray: the words are a link. */
export function registerXrayLinks(session: Session, views: Views<XrayAbout>): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    provideTerminalLinks({ line }) {
      const mark = findXrayMark(line);
      if (mark === undefined) return [];
      const { id, start, length } = mark;
      return [new XrayLink(id, start, length)];
    },
    async handleTerminalLink({ id }: XrayLink) {
      const { crossbow } = await session.engine();
      const record = (await crossbow.xrays.list()).find((it) => it.id === id);
      views.open(record === undefined ? { id, title: id } : aboutOf(record));
    },
  });
}

class XrayLink extends vscode.TerminalLink {
  constructor(
    readonly id: string,
    start: number,
    length: number,
  ) {
    super(start, length, 'Show build X-ray');
  }
}

/** Opens the X-ray of the build that made an artifact; without a row, of one of those that are kept. */
export async function showXray(
  session: Session,
  views: Views<XrayAbout>,
  row: ArtifactRow | undefined,
): Promise<void> {
  const { crossbow } = await session.engine();
  const records = await crossbow.xrays.list();
  if (row === undefined) {
    const picked = await pickRecord(records, 'Build X-ray');
    if (picked !== undefined) views.open(aboutOf(picked));
    return;
  }
  const node = await artifactOf(session, row);
  if (node === undefined) return;
  const { target, importPath } = node.artifact;
  const last = records.find((it) => it.importPath === importPath && targetId(it.target) === targetId(target));
  if (last === undefined) {
    throw new Error(
      `No build of ${importPath} for ${targetId(target)} is recorded. Build it, then look again.`,
    );
  }
  views.open(aboutOf(last));
}

async function pickRecord(records: readonly XrayRecord[], title: string): Promise<XrayRecord | undefined> {
  const picked = await vscode.window.showQuickPick(
    records.map((it) => ({
      label: `$(${it.outcome === 'ok' ? 'pass' : 'error'}) ${targetId(it.target)}`,
      description: it.importPath,
      detail: new Date(it.startedAt).toLocaleString(),
      record: it,
    })),
    { title, placeHolder: 'A build that Crossbow made', matchOnDescription: true },
  );
  return picked?.record;
}

async function read(session: Session, id: string): Promise<XrayReading> {
  const { crossbow } = await session.engine();
  const reading = await crossbow.xrays.read(id);
  if (reading === undefined) {
    throw new Error(
      'This build is not kept any more: only the last ones are. Build again to see the new one.',
    );
  }
  return reading;
}

function aboutOf({ id, importPath, target }: XrayRecord): XrayAbout {
  return { id, title: `${importPath.split('/').at(-1) ?? importPath} (${targetId(target)})` };
}

function readAbout(kept: unknown): XrayAbout | undefined {
  const { before } = (kept ?? {}) as Partial<Record<keyof XrayAbout, unknown>>;
  if (!isBuild(kept)) return undefined;
  const { id, title } = kept;
  return isBuild(before) ? { id, title, before: { id: before.id, title: before.title } } : { id, title };
}

function isBuild(value: unknown): value is Pick<XrayAbout, 'id' | 'title'> {
  const { id, title } = (value ?? {}) as Partial<Record<keyof XrayAbout, unknown>>;
  return typeof id === 'string' && typeof title === 'string';
}
