import type { GoAction } from './actionGraph.js';
import { commandKind } from './commandKind.js';
import { splitGoWords } from './goWords.js';
import type { XrayProcess } from './xray.js';
import { compilerProgram, type XrayRecord } from './xrayRecord.js';

/**
 * Who ran what, as far as Go's graph tells: the go command and the commands of its actions, in the order the actions
 * began. What these started themselves (a C compiler its assembler, cgo a C compiler, Go's linker the C one's) is not in
 * the graph.
 */
export function processTree(actions: readonly GoAction[], record: Pick<XrayRecord, 'compiler'>): XrayProcess {
  const compiler = compilerProgram(record);
  const inOrder = actions
    .filter((it) => it.commands.length > 0)
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  return {
    words: ['go', 'build'],
    kind: 'go',
    children: inOrder.flatMap((action) =>
      action.commands.map((line): XrayProcess => {
        const words = splitGoWords(line);
        return {
          words,
          kind: commandKind(words, compiler),
          action: action.id,
          children: [],
          ...(action.package === undefined ? {} : { package: action.package }),
          // With several commands Go has one sum for all of them.
          ...(action.commands.length > 1 || action.commandMs === undefined ? {} : { time: action.commandMs }),
        };
      }),
    ),
  };
}
