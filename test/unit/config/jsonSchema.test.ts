import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { configJsonSchema } from '../../../scripts/configJsonSchema.js';

describe('schemas/crossbow.schema.json', () => {
  const file = readFileSync('schemas/crossbow.schema.json', 'utf8');

  it('is up to date (node scripts/generateSchema.mjs)', () => {
    expect(file).toBe(configJsonSchema());
  });

  it('explains and suggests', () => {
    const schema = JSON.parse(file) as {
      additionalProperties: boolean;
      properties: Record<string, { markdownDescription: string; properties?: Record<string, unknown> }>;
      definitions: { toolchain: { properties: Record<string, { title: string; examples: unknown[] }> } };
    };
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties['pinned']?.markdownDescription).toContain('`pi 3b+`');
    expect(schema.properties['toolchains']?.properties).toHaveProperty(['linux/arm/v7']);
    expect(schema.definitions.toolchain.properties['cc']?.title).toBe('C compiler');
    expect(schema.definitions.toolchain.properties['cc']?.examples).toContain('arm-linux-gnueabihf-gcc');
  });
});
