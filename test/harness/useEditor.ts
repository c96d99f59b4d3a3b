import { afterAll, afterEach, beforeAll } from 'vitest';
import { startEditor, type Editor, type EditorOptions } from './editor.js';

/**
 * One editor for all tests of the enclosing `describe`: opened before them, closed after them. A test that fails
 * leaves a screenshot `failed-<its name>`, and the last lines of the editor's log beside its error.
 */
export function useEditor(
  options: EditorOptions | (() => EditorOptions | Promise<EditorOptions>),
): () => Editor {
  let editor: Editor | undefined;

  beforeAll(async () => {
    editor = await startEditor(typeof options === 'function' ? await options() : options);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || editor === undefined) return;
    const picture = await editor.screenshot(`failed-${task.name.replace(/[^\w-]+/g, '-')}`);
    console.error(`${picture} shows the window as "${task.name}" left it.\n${editor.log().slice(-3000)}`);
  });

  afterAll(() => editor?.close());

  return () => {
    if (editor === undefined) throw new Error('The editor is open only while tests run.');
    return editor;
  };
}
