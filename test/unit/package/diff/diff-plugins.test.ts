import { describe, expect, it } from 'vitest';
import { NEWEST_TARGET } from '../../../../src/model/target.ts';
import { diffPlugins } from '../../../../src/package/diff/diff-plugins.ts';
import { inspect } from '../../../../src/package/inspect.ts';
import { openView } from '../../../../src/package/open/open-view.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { bomb, withDamage } from '../../../fixtures/hostile-zip.ts';
import { makeZip, type ZipEntrySpec } from '../../../fixtures/make-zip.ts';
import { GOOD_PROJECT, type Tree, temporaryFolders } from '../../../fixtures/tree.ts';

const folder = temporaryFolders();
const zip = (specs: readonly ZipEntrySpec[]) => openZipView(makeZip(specs), 'x.zip');
const project = (tree: Tree) => openView(folder({ ...GOOD_PROJECT, ...tree }), 'project');

const MANIFEST = {
  name: 'probe.json',
  text: '{"version":"1.0.0","language":"python","executable":"main.py","sources":["s"],"functions":["f"]}',
};
const MAIN = { name: 'main.py', text: 'print()\n', mode: '755' };
const YAML = { name: 'sources/s.yaml', text: 'default:\n  interval: 1\n' };
const BASE = [MANIFEST, MAIN, { name: 'sources/', dir: true, mode: '755' }, YAML];

async function against(...specs: readonly ZipEntrySpec[]) {
  const names = new Set(specs.map(({ name }) => name));
  return diffPlugins(
    await zip(BASE),
    await zip([...BASE.filter(({ name }) => !names.has(name)), ...specs]),
  );
}

describe('what is not the same in two plugins', () => {
  it('is nothing for a project and its package', async () => {
    const tree = { 'lib/a.py': '# a\n', 'notes.log': 'left out', '.kpluginignore': '*.log\n' };
    const one = await project(tree);
    const other = await project({ ...tree, 'more.log': 'left out as well' });
    const found = await diffPlugins(one, other);
    expect(found).toMatchObject({ same: true, files: [], facts: [], problems: [] });
    const { contentDigest } = await inspect(one, NEWEST_TARGET);
    expect(found.before.contentDigest).toBe(contentDigest);
    expect(found.after.contentDigest).toBe(contentDigest);
  });

  it('is nothing for other dates, compression and order', async () => {
    const found = await diffPlugins(await zip(BASE), await zip(BASE.toReversed()));
    expect(found.same).toBe(true);
    expect(found.before.contentDigest).toBe(found.after.contentDigest);
  });

  it('is told of the identity', async () => {
    const found = await against({
      ...MANIFEST,
      text: '{"version":"2.0.0","language":"python","executable":"./main.py","virtualEnvType":"conda","env":"e","sources":["s"],"functions":["f"]}',
    });
    expect(found.facts).toEqual([
      { fact: 'version', before: '1.0.0', after: '2.0.0' },
      { fact: 'executable', before: 'main.py', after: './main.py' },
      { fact: 'virtualEnvType', before: null, after: 'conda' },
      { fact: 'env', before: null, after: 'e' },
    ]);
  });

  it('is told of symbols, and of the files of those that stay', async () => {
    const found = await against(
      { ...MANIFEST, text: MANIFEST.text.replace('"functions":["f"]', '"sinks":["k"]') },
      { ...YAML, text: 'default:\n  interval: 2\nha: {x: 1}\n' },
      { name: 'sources/s.json', text: '{}' },
    );
    expect(found.symbols).toEqual({
      added: [{ kind: 'sink', name: 'k' }],
      removed: [{ kind: 'function', name: 'f' }],
      kept: [{ kind: 'source', name: 's' }],
      changed: [
        {
          symbol: { kind: 'source', name: 's' },
          files: [
            {
              path: 'sources/s.yaml',
              what: 'changed',
              read: true,
              values: [
                { path: 'default.interval', what: 'changed', before: 1, after: 2 },
                { path: 'ha', what: 'added', before: null, after: { x: 1 } },
              ],
            },
            { path: 'sources/s.json', what: 'added', read: true, values: [] },
          ],
        },
      ],
    });
  });

  it.each([
    ['a comment', 'default:\n  interval: 1 # ms\n', true],
    ['what is no YAML', 'default: [', false],
  ])('finds no value in %s of a YAML, and its text', async (_what, text, read) => {
    const found = await against({ ...YAML, text });
    expect(found.symbols.changed[0]?.files[0]).toMatchObject({ values: [], read });
    expect(found.files).toMatchObject([{ path: 'sources/s.yaml', text: { shown: true } }]);
  });

  it.each<[string, ZipEntrySpec, object]>([
    ['a mode', { ...MAIN, mode: '644' }, { what: 'changed', text: null, after: { mode: 0o644 } }],
    ['no mode', { ...MAIN, made: 'fat' }, { what: 'changed', text: null, after: { mode: null } }],
    [
      'a link in its place',
      { ...MAIN, mode: '120777' },
      { what: 'changed', after: { kind: 'symlink' } },
    ],
    ['content', { ...MAIN, text: 'x' }, { what: 'changed', text: { shown: true } }],
    ['bytes', { ...MAIN, text: '\0' }, { what: 'changed', text: { shown: false, why: 'binary' } }],
    [
      'a large text',
      { ...MAIN, text: 'x'.repeat(300_000) },
      { text: { shown: false, why: 'large' } },
    ],
    [
      'a file that comes',
      { name: 'new.py', text: 'x' },
      { what: 'added', before: null, text: null },
    ],
    [
      'install.sh that comes',
      { name: 'install.sh', text: 'x\n' },
      { what: 'added', text: { shown: true } },
    ],
    ['a name in another way', { ...MAIN, name: './main.py' }, { after: { rawName: './main.py' } }],
  ])('sees %s', async (_what, spec, change) => {
    const others = BASE.filter(({ name }) => name !== spec.name.replace('./', ''));
    const found = await diffPlugins(await zip(BASE), await zip([...others, spec]));
    expect(found.files).toMatchObject([change]);
    expect(found.same).toBe(false);
  });

  it('takes a zip without Unix modes for what eKuiper unpacks of it', async () => {
    const modeless = { ...MAIN, made: 'fat' as const };
    const found = await diffPlugins(await zip([modeless]), await zip([{ ...MAIN, mode: '666' }]));
    expect(found.files).toEqual([]);
    expect(found.before.contentDigest).toBe(found.after.contentDigest);
  });

  it('does not inflate a bomb', async () => {
    const hostile = await openZipView(bomb(150 * 1024 ** 2), 'bomb.zip');
    await expect(diffPlugins(await zip(BASE), hostile)).rejects.toMatchObject({
      code: 'package-unreadable',
      exit: 2,
      message: expect.stringContaining('bomb.zip'),
    });
  });

  it('says nothing of a plugin whose manifest cannot be read, but that it is there and why', async () => {
    const damaged = withDamage(makeZip([MANIFEST, MAIN]));
    const [a, b] = [await openZipView(damaged, 'a.zip'), await zip(BASE)];
    const found = await diffPlugins(a, b);
    expect(found.before.unread).toMatch(/^probe\.json is there and cannot be read: \S/);
    expect(found).toMatchObject({ same: false, facts: [], symbols: { added: [], removed: [] } });
    expect(found.problems).toMatchObject([{ entry: 'probe.json', read: false }]);
    expect(found.after).not.toHaveProperty('unread');
  });

  it('never takes for the same what it could not read', async () => {
    const damaged = withDamage(
      makeZip([{ name: 'a.txt', text: 'some text to be damaged' }, MANIFEST]),
    );
    const found = await diffPlugins(await openZipView(damaged), await openZipView(damaged));
    expect(found.same).toBe(false);
    expect(found.problems).toMatchObject([{ side: 'before', entry: 'a.txt' }, { side: 'after' }]);
    expect(found.before.contentDigest).toBeNull();
    expect(found.files).toMatchObject([{ path: 'a.txt', after: { sha256: null } }]);
  });

  it.each<[string, ZipEntrySpec[]]>([
    ['names that lead out', [{ name: '../../x', text: 'x' }]],
    [
      'names that come twice',
      [
        { name: 'a', text: '1' },
        { name: 'a', text: '2' },
      ],
    ],
  ])('never takes a zip with %s for the same as itself', async (_what, specs) => {
    const found = await diffPlugins(await zip([...BASE, ...specs]), await zip([...BASE, ...specs]));
    expect(found).toMatchObject({ same: false, before: { contentDigest: null } });
  });

  it('says of a zip that can be read in two ways each of them', async () => {
    const inner = makeZip([MANIFEST]);
    // Another zip lies in front, and the end records name different sizes of the table of contents.
    const bytes = Buffer.concat([inner, inner]);
    bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 10) + 1, bytes.length - 10);
    const view = await openZipView(bytes, 'x.zip');
    const told = view.problems.filter(({ kind }) => kind === 'ambiguous');
    expect(told.length).toBeGreaterThan(1);
    const { problems } = await diffPlugins(view, await zip(BASE));
    const [{ detail, read } = { detail: '', read: false }] = problems;
    expect(detail).toMatch(/^can be read in two ways, and is shown as eKuiper reads it: /);
    expect(read).toBe(true);
    for (const one of told) expect(detail).toContain(one.detail);
  });
});
