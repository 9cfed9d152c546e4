import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import { eventFilter } from '../../../../src/emulator/symbols/routes/events.ts';
import { functionOrder } from '../../../../src/emulator/symbols/routes/functions.ts';
import { sinkOrder } from '../../../../src/emulator/symbols/routes/sinks.ts';
import { sourceOrder } from '../../../../src/emulator/symbols/routes/sources.ts';
import { decodeControl } from '../../../../src/emulator/symbols/symbol-body.ts';
import { openSymbols } from './open-symbols.ts';

const KEYS = ['symbolName', 'pluginType', 'meta', 'config', 'args', 'rows', 'raw', 'send', 'call'];
const VALUES = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('source', 'func', 'each', 'Exec', '__proto__', 'constructor', '../x'),
  fc.record({ ruleId: fc.jsonValue(), opId: fc.jsonValue(), instanceId: fc.jsonValue() }),
);
const BODIES = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), VALUES),
);

/** Whatever comes is understood or refused; anything else would be a 500. */
function understoodOrRefused(parse: () => unknown): void {
  try {
    expect(parse()).toBeDefined();
  } catch (error) {
    expect(error).toBeInstanceOf(HostRefusal);
  }
}

test('bodies of /symbol/start, JSON or not', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        BODIES.map((body) => JSON.stringify(body)),
      ),
      (text) => {
        understoodOrRefused(() => decodeControl(text));
      },
    ),
    { numRuns: 1000 },
  );
});

test.each([
  ['functions', functionOrder],
  ['sinks', sinkOrder],
  ['sources', (body: unknown) => sourceOrder(new URLSearchParams(), body)],
])('bodies of /%s', (_name, parse) => {
  fc.assert(
    fc.property(BODIES, (body) => understoodOrRefused(() => parse(body))),
    { numRuns: 1000 },
  );
});

test('a meta that is taken never leaves the folder of the sockets', () => {
  const ids = fc.oneof(fc.string(), fc.constantFrom('..', '../../etc', 'a\\b', '\0'));
  fc.assert(
    fc.property(ids, ids, (ruleId, opId) => {
      const body = { symbolName: 'a', pluginType: 'sink', meta: { ruleId, opId } };
      understoodOrRefused(() => {
        const { meta } = decodeControl(JSON.stringify(body));
        expect(`${meta?.ruleId}_${meta?.opId}`).not.toMatch(/[/\0]/);
        return meta;
      });
    }),
  );
});

test('any query of /events', () => {
  fc.assert(
    fc.property(fc.string(), (query) => {
      expect(['string', 'function']).toContain(typeof eventFilter(new URLSearchParams(query)));
    }),
  );
});

test.each([
  ['/functions/shout', (deep: string) => deep],
  ['/functions/shout', (deep: string) => `{"args": ${deep}}`],
  ['/sinks/out', (deep: string) => `{"rows": ${deep}}`],
  ['/sources/cam', (deep: string) => `{"config": {"a": ${deep}}}`],
  [
    '/symbol/start',
    (deep: string) => `{"symbolName":"cam","pluginType":"source","config":{"a":${deep}}}`,
  ],
])("a deep body of %s is the client's mistake", async (path, body) => {
  const symbols = await openSymbols();
  for (const depth of [1500, 9000, 50_000]) {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const text = body(`${open.repeat(depth)}1${close.repeat(depth)}`);
      const answer = await symbols.post(path, text);
      expect([depth, answer.status]).toEqual([depth, 400]);
      expect(answer.body).toContain('exceeded max depth');
    }
  }
});
