import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffPlugins, type PluginDiff } from '../../../../src/package/diff/diff-plugins.ts';
import { reversedFacts, reversedSymbols } from '../../../../src/package/diff/identity-changes.ts';
import { reversedValues } from '../../../../src/package/diff/value-changes.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { makeZip, type ZipEntrySpec } from '../../../fixtures/make-zip.ts';

const MANIFESTS = [
  '{"version":"1","language":"python","executable":"main.py","sources":["s"],"functions":["f"]}',
  '{"version":"2","language":"go","executable":"run","sources":["s","t"],"sinks":["f"]}',
];

const entry = fc.record({
  name: fc.constantFrom(
    'main.py',
    './run',
    'sources/s.yaml',
    'sources/s.json',
    'install.sh',
    'd/é',
  ),
  text: fc.oneof(
    fc.constantFrom('', 'default: {a: 1}\n', '{"a":[{"name":"b","c":1}]}'),
    fc.string(),
  ),
  mode: fc.constantFrom('644', '755', '120777'),
});
const folder = fc.constantFrom('sources/', 'd/').map((name) => ({ name, dir: true }));
const contents = fc
  .tuple(
    fc.constantFrom(...MANIFESTS),
    fc.uniqueArray(fc.oneof(entry, folder), { selector: ({ name }) => name, maxLength: 6 }),
  )
  .map(([text, entries]): ZipEntrySpec[] => [{ name: 'p.json', text }, ...entries]);

async function diffed(a: readonly ZipEntrySpec[], b: readonly ZipEntrySpec[]): Promise<PluginDiff> {
  return diffPlugins(
    await openZipView(makeZip(a), 'x.zip'),
    await openZipView(makeZip(b), 'x.zip'),
  );
}

const OTHER = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** The same comparison from the other side; which lines of a text moved may be told in more than one way. */
function turned(found: PluginDiff): object {
  const { facts, symbols, files, problems, same } = found;
  return {
    before: found.after,
    after: found.before,
    facts: reversedFacts(facts),
    symbols: {
      ...reversedSymbols(symbols),
      changed: symbols.changed.map(({ symbol, files: changed }) => ({
        symbol,
        files: changed.map((file) => ({
          ...file,
          what: OTHER[file.what],
          values: reversedValues(file.values),
        })),
      })),
    },
    files: files.map((change) => ({
      path: change.path,
      what: OTHER[change.what],
      before: change.after,
      after: change.before,
      shown: change.text?.shown ?? null,
    })),
    problems: problems.length,
    same,
  };
}

function unknown(found: PluginDiff): object {
  const files = found.files.map(({ text, ...change }) => ({
    ...change,
    shown: text?.shown ?? null,
  }));
  return { ...found, files, problems: found.problems.length };
}

describe('any two plugins', () => {
  it('are the same when they are one', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (a) => {
        expect(await diffed(a, a)).toMatchObject({
          same: true,
          files: [],
          facts: [],
          problems: [],
        });
      }),
    );
  });

  it('differ the same way from both sides', async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (a, b) => {
        expect(turned(await diffed(a, b))).toEqual(unknown(await diffed(b, a)));
      }),
    );
  });

  it('have the same content digest just when no file differs', async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (a, b) => {
        const { before, after, files } = await diffed(a, b);
        const sameDigest = before.contentDigest === after.contentDigest;
        expect(files.length === 0).toBe(sameDigest);
      }),
    );
  });
});
