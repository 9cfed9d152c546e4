import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FUNCTION_SHAPE,
  goValue,
  partAt,
  SINK_SHAPE,
  SOURCE_SHAPE,
} from '../../../../src/lint/schema/go-value.ts';
import { violationsOf } from '../../../../src/lint/schema/symbol-metadata.ts';
import type { SymbolFile } from '../../../../src/lint/subject/subject.ts';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { sourceText } from '../../../../src/model/source-text.ts';

function goValueOf(text: string, shape = SOURCE_SHAPE) {
  const json = parseGoJson(text);
  if (!json.ok) throw new Error(json.message);
  return goValue(json.root, shape);
}

describe('a value as Go sees it', () => {
  it.each([
    ['{"ABOUT":{"Author":{"NAME":"x"}}}', { about: { author: { name: 'x' } } }],
    ['{"about":{},"About":{"trial":true}}', { about: { trial: true } }],
    ['{"about":null}', {}],
    ['{"properties":{"Default":[{"Name":"a"}]}}', { properties: { Default: [{ name: 'a' }] } }],
    ['{"node":{"Label":null}}', { node: { Label: null } }],
    ['{"constructor":1,"toString":{}}', { constructor: 1, toString: {} }],
  ])('%s', (text, expected) => {
    expect(goValueOf(text).value).toEqual(expected);
  });

  it('nested defaults are fields, an object default is passed on', () => {
    const text = '[{"Default":[{"NAME":"in"}]},{"default":{"NAME":1}}]';
    expect(goValueOf(`{"properties":${text}}`, SINK_SHAPE).value).toEqual({
      properties: [{ default: [{ name: 'in' }] }, { default: { NAME: 1 } }],
    });
  });

  it('leads from a pointer to the node', () => {
    const part = partAt(goValueOf('{"Properties":{"a/b":[{"x":1}]}}'), '/properties/a~1b/0');
    expect(part?.node).toMatchObject({ type: 'object', start: 22 });
    expect(partAt(goValueOf('{}'), '/properties/0')).toBeNull();
  });

  it('checks the beginning of a list without end', () => {
    const fields = Array.from({ length: 200_000 }, () => '{"optional":"x"}').join();
    const file: SymbolFile = {
      path: 'x.json',
      source: sourceText(''),
      json: parseGoJson(''),
      fixed: parseGoJson(`{"about":{},"properties":[${fields}]}`),
      flaws: [],
      bytes: new Uint8Array(),
      symbol: { kind: 'sink', name: 'x' },
    };
    expect(violationsOf(file).length).toBeGreaterThan(2000);
  });

  it('survives any nesting', () => {
    const deep = `{"properties":${'[{"default":'.repeat(3000)}1${'}]'.repeat(3000)}}`;
    expect(goValueOf(deep, SINK_SHAPE).value).toHaveProperty('properties');
    expect(
      goValueOf(`{"functions":${'['.repeat(9000)}${']'.repeat(9000)}}`, FUNCTION_SHAPE),
    ).toBeTruthy();
  });
});

it('every violation points into its file, whatever the JSON', () => {
  const keys = ['about', 'properties', 'default', 'name', 'hint', 'functions', 'args', '$schema'];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, 1, 'x'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const kinds = fc.constantFrom('source' as const, 'sink' as const, 'function' as const);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), tree), kinds, (value, kind) => {
      const text = JSON.stringify(value);
      const file: SymbolFile = {
        path: 'x.json',
        source: sourceText(text),
        json: parseGoJson(text),
        fixed: parseGoJson(text),
        flaws: [],
        bytes: new Uint8Array(),
        symbol: { kind, name: 'x' },
      };
      for (const { at } of violationsOf(file)) {
        expect(at.start).toBeLessThan(at.end);
        expect(at.end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});
