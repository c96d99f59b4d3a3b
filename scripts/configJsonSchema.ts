import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';

import { configSchema } from '../src/core/config/schema.js';
import { shapeOf } from '../src/core/config/shape.js';
import { createCatalogue } from '../src/core/target/createCatalogue.js';
import { targetId } from '../src/core/target/target.js';

/** JSON Schema of crossbow.yaml for editors: completion, hover and checks through `yamlValidation`. */
export function configJsonSchema(): string {
  const { targets: all, devices } = createCatalogue();
  // Every level of every port would be four hundred lines to scroll through.
  const named = new Set(devices.map((device) => targetId(device.target)));
  const targets = all
    .filter((target) => target.level === undefined || target.goarch === 'arm' || named.has(targetId(target)))
    .map(targetId);
  const schema = toJsonSchema(configSchema, {
    target: 'draft-07',
    typeMode: 'input',
    overrideSchema({ valibotSchema, jsonSchema }) {
      const described = withMarkdown(jsonSchema);
      switch (shapeOf(valibotSchema).kind) {
        case 'object':
          return { ...described, additionalProperties: false };
        case 'record':
        case 'array':
        case 'either':
        case 'leaf':
          return described;
      }
    },
  });
  suggestTargets(
    schema,
    targets,
    devices.map((device) => device.name),
  );
  const titled = {
    $schema: schema.$schema,
    title: 'crossbow.yaml',
    description:
      "Crossbow's choices for a project: pinned targets, C toolchains, defaults of builds, recipes.",
    ...schema,
  };
  return `${JSON.stringify(titled, undefined, 2)}\n`;
}

/** VS Code shows `markdownDescription` with its code spans; others read `description`. */
function withMarkdown(schema: JsonSchema): JsonSchema {
  const { description, examples, ...rest } = schema;
  return {
    ...rest,
    ...(description === undefined ? {} : { description, markdownDescription: description }),
    ...(Array.isArray(examples) && examples.length > 0 ? { examples } : {}),
  };
}

/** Offers the usual targets where one is wanted; any other spelling stays allowed. */
function suggestTargets(schema: JsonSchema, targets: readonly string[], devices: readonly string[]): void {
  const { pinned, toolchains } = schema.properties ?? {};
  if (typeof pinned !== 'object' || typeof toolchains !== 'object')
    throw new Error('The schema lost its keys.');
  const item = pinned.items;
  if (typeof item !== 'object' || Array.isArray(item)) throw new Error('`pinned` is no list.');
  pinned.items = {
    title: item.title,
    anyOf: [
      { type: 'string', enum: [...targets, ...devices] },
      { type: 'string', minLength: 1 },
    ],
  };
  const toolchain = toolchains.additionalProperties;
  if (typeof toolchain !== 'object') throw new Error('`toolchains` takes no targets.');
  schema.definitions = { toolchain };
  const reference: JsonSchema = { $ref: '#/definitions/toolchain' };
  toolchains.properties = Object.fromEntries(targets.map((id) => [id, reference]));
  toolchains.additionalProperties = reference;
}
