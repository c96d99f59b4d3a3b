// Writes schemas/crossbow.schema.json from the definition in src/core/config/schema.ts.
// Run it after a change there: `node scripts/generateSchema.mjs`. A test fails while the file is out of date.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'crossbow-schema-'));
try {
  const outfile = join(folder, 'configJsonSchema.mjs');
  await build({
    entryPoints: [join(root, 'scripts', 'configJsonSchema.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  const { configJsonSchema } = await import(pathToFileURL(outfile).href);
  writeFileSync(join(root, 'schemas', 'crossbow.schema.json'), configJsonSchema());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
