import * as vscode from 'vscode';
import type { LibraryOrigins } from '../core/insight/size/createLibraryOrigins.js';
import { targetId } from '../core/target/target.js';
import type { SizeCalls, SizeSubject } from '../protocol/size.js';
import { fileOf, type FileRow } from './artifactCommands.js';
import { webviews } from './contributions.js';
import type { Session } from './session.js';
import { registerViews, type Views } from './webviewPanel.js';

/** A binary: its path, and what the panel calls it. */
interface Binary {
  readonly path: string;
  readonly title: string;
}

/** What a panel is about: one binary, or two side by side. */
export interface SizeAbout {
  readonly binary: Binary;
  readonly other?: Binary;
}

/** The view of what is in a binary. */
export function registerSizeView(
  extension: vscode.Uri,
  session: Session,
  log: vscode.LogOutputChannel,
): Views<SizeAbout> {
  const views = registerViews<SizeCalls, SizeAbout>(extension, log, {
    type: webviews.size,
    bundle: 'size',
    title: ({ binary, other }) => (other === undefined ? binary.title : `${binary.title} ↔ ${other.title}`),
    restore: readAbout,
    connect: ({ binary, other }) => ({
      load: async () => ({
        subject: await read(session, binary),
        ...(other === undefined ? {} : { other: await read(session, other) }),
      }),
      origins: async () => ({
        subject: await originsOf(session, binary),
        ...(other === undefined ? {} : { other: await originsOf(session, other) }),
      }),
      compare: async () => {
        const chosen = await pickOther(session, binary);
        if (chosen !== undefined) {
          views.open({ binary, other: chosen });
        }
        return undefined;
      },
    }),
  });
  return views;
}

/** Opens the view of the artifact that a row means. */
export async function showSize(
  session: Session,
  views: Views<SizeAbout>,
  row: FileRow | undefined,
): Promise<void> {
  const file = await fileOf(session, row);
  if (file !== undefined) {
    views.open({ binary: binaryOf(file.path, targetId(file.target)) });
  }
}

async function read(session: Session, { path, title }: Binary): Promise<SizeSubject> {
  const { crossbow } = await session.engine();
  const reading = await crossbow.size(path);
  if (reading.kind === 'unreadable') {
    throw new Error(`${path}: ${reading.message}`);
  }
  return { path, title, report: reading.report };
}

/** Asks Go, so nothing is known in a workspace that is not trusted; and nothing is downloaded. */
async function originsOf(session: Session, binary: Binary): Promise<LibraryOrigins> {
  if (!vscode.workspace.isTrusted) return undefined;
  const { crossbow } = await session.engine();
  const { report } = await read(session, binary);
  const { packages } = await session.discover();
  return crossbow.libraryOrigins(report, packages, { ...session.options(), offline: true });
}

/** Another artifact, or any file. */
async function pickOther(session: Session, { path }: Binary): Promise<Binary | undefined> {
  const items = session.builds.history
    .flatMap((it) => it.artifacts)
    .filter((it) => it.path !== path)
    .map((it) => ({
      ...binaryOf(it.path, targetId(it.target)),
      label: targetId(it.target),
      description: vscode.workspace.asRelativePath(it.path),
    }));
  const browse = { label: '$(folder-opened) Choose a file…', path: undefined, title: '' };
  const picked = await vscode.window.showQuickPick([...items, browse], { title: 'Compare with' });
  if (picked === undefined || picked.path !== undefined) {
    return picked && { path: picked.path, title: picked.title };
  }
  const [file] = (await vscode.window.showOpenDialog({ title: 'Compare with' })) ?? [];
  return file && { path: file.fsPath, title: vscode.workspace.asRelativePath(file) };
}

function binaryOf(path: string, target: string): Binary {
  return { path, title: `${vscode.Uri.file(path).path.split('/').at(-1) ?? path} (${target})` };
}

function readAbout(kept: unknown): SizeAbout | undefined {
  const { binary, other } = (kept ?? {}) as Partial<Record<keyof SizeAbout, unknown>>;
  if (!isBinary(binary)) {
    return undefined;
  }
  return isBinary(other) ? { binary, other } : { binary };
}

function isBinary(value: unknown): value is Binary {
  const { path, title } = (value ?? {}) as Partial<Record<keyof Binary, unknown>>;
  return typeof path === 'string' && typeof title === 'string';
}
