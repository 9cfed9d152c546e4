import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { TARGETS, validatorsSource } from '../../../../scripts/validators.ts';
import * as hosts from '../../../../src/hosts/hosts.generated.js';
import * as plugins from '../../../../src/lint/schema/validators.generated.js';
import type { Validator } from '../../../../src/model/schema/validator.ts';
import * as cases from '../../../../src/testing/read/cases.generated.js';

const validators: Readonly<Record<string, Validator>> = { ...plugins, ...cases, ...hosts };

const FILES = readdirSync('schemas')
  .filter((file) => file.endsWith('.json'))
  .sort();
const read = (file: string) => JSON.parse(readFileSync(`schemas/${file}`, 'utf8'));

it.each(TARGETS)('$file is current: npm run generate changes nothing', (target) => {
  expect(readFileSync(target.file, 'utf8')).toBe(validatorsSource(target));
});

it('has a schema for every kind of file', () => {
  expect(FILES).toEqual([
    'cases.schema.json',
    'function.schema.json',
    'hosts.schema.json',
    'manifest.schema.json',
    'sink.schema.json',
    'source-config.schema.json',
    'source.schema.json',
  ]);
});

describe.each(FILES)('%s', (file) => {
  const schema = read(file);

  it('is draft-07 with an id of its own, a title and a description', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(schema.$id).toBe(`urn:kplugin:schema:${file.replace('.schema.json', '')}`);
    expect(schema.title).toMatch(/\w/);
    expect(schema.description).toMatch(/\w/);
  });

  it('has examples that fit it', () => {
    const validate = validatorOf(file);
    expect(schema.examples.length).toBeGreaterThan(0);
    for (const example of schema.examples) {
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it('describes every property, so that editors can show it', () => {
    expect(undescribed(schema, file)).toEqual([]);
  });
});

test.each([
  ['manifest', { language: 'Python' }, 'enum'],
  ['manifest', { version: '1', language: 'go', executable: 'x' }, 'anyOf'],
  ['manifest', { virtual_env_type: 'conda' }, 'additionalProperties'],
  ['source', { about: {}, properties: [] }, 'type'],
  ['sink', { properties: [] }, 'required'],
  ['function', { about: {} }, 'required'],
  ['source-config', { default: 1 }, 'type'],
  ['cases', { cases: [{ name: 'x', function: 'f', source: 's', args: [] }] }, 'oneOf'],
  ['cases', { cases: [{ name: 'x', function: 'f', args: [], rows: [] }] }, 'propertyNames'],
  [
    'cases',
    { cases: [{ name: 'x', function: 'f', args: [], result: { $mim: 1 } }] },
    'additionalProperties',
  ],
])('%s refuses %j (%s)', (name, value, keyword) => {
  const validate = validatorOf(`${name}.schema.json`);
  expect(validate(value)).toBe(false);
  expect(validate.errors?.map((error) => error.keyword)).toContain(keyword);
});

function validatorOf(file: string): Validator {
  const name = file
    .replace('.schema.json', '')
    .replace(/(^|-)([a-z])/g, (_, __, x) => x.toUpperCase());
  const found = validators[`validate${name}`];
  if (!found) throw new Error(`no validator for ${file}`);
  return found;
}

/** Plain strings in small objects (author, languages of a node) speak for themselves. */
function undescribed(schema: Record<string, unknown>, place: string): string[] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties)
    .filter(([, one]) => !('description' in one || '$ref' in one))
    .map(([key]) => `${place} ${key}`);
}
