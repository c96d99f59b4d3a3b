import type { Findings } from '../arrange.js';
import { goarchOfTarget, goosOf, type Scene } from '../scene.js';

/* Notes, warnings, source excerpts, markers and what build tools add are no words of a failure. */
const harmless =
  /\b(?:warning|note|Warnung|Anmerkung|avertissement|aviso)\b|^\s*\d* *\||^make(?:\[\d+\])?:|^FAIL\b|^ok\b|^\?|^go: |^Error: Process completed|^(?:[\w.-]+\/)+[\w.-]+$|^\s*\^|compilation terminated|^exit status|^go (?:build|install|test) |^[\w./-]+$/i;

/**
 * The package runtime/cgo is Go's own: where it does not compile, the code is right and what CC names is not a compiler
 * that works. Said only where no rule knew better: a wrapper that dies with words of its own, a script, a licence server.
 */
export function concludeBlock(scene: Scene, findings: Findings): void {
  const { block } = scene;
  if (block.package !== 'runtime/cgo' || findings.hasBlock(block.id)) return;
  const line = block.unknown.find(({ text }) => !harmless.test(text));
  if (line === undefined) return;
  const goarch = goarchOfTarget(scene);
  findings.add(
    {
      cause: 'invalid-cc',
      confidence: 'likely',
      layer: 'fallback',
      detail: 'cc-fails-by-itself',
      title: 'What CC names fails before it compiles anything',
      ...(scene.context.compiler === undefined ? {} : { facts: { compiler: scene.context.compiler } }),
    },
    {
      ...line,
      block: block.id,
      package: block.package,
      target: goarch === undefined ? undefined : `${goosOf(scene) ?? 'linux'}/${goarch}`,
    },
  );
}
