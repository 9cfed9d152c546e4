import { describe, expect, it } from 'vitest';
import { diffInstalled, turnedInstalled } from '../../../../src/deploy/diff/diff-installed.ts';
import { RuledHost, tapPackage, tapUpload } from './sides.ts';

const TAP = { sources: ['tap_src'], functions: ['tap_old', 'tap_fn'] };

function edge(upload: string, version = '2.4.0'): RuledHost {
  const host = new RuledHost(version);
  host.has('tap', '1.0.0', upload, TAP);
  host.configs.set('tap_src', new Map([['default', {}]]));
  return host;
}

describe('a package and what a host has of it', () => {
  it('are the same when the host has just this content', async () => {
    const packed = await tapPackage({ functions: TAP.functions, script: 'x\n' });
    const found = await diffInstalled(edge(tapUpload(packed)), packed, 'tap');
    expect(found).toMatchObject({
      first: 'host',
      verdict: 'same',
      content: 'same',
      facts: [],
      config: [],
      installScript: null,
      installed: { state: 'running', upload: tapUpload(packed) },
    });
  });

  it.each([
    ['tap-1.0.0-00000000.zip', 'different', 'different'],
    ['tap.zip', 'unknown', 'unknown'],
    ['other-1.0.0-00000000.zip', 'unknown', 'unknown'],
  ])('installed from %s have a content that is %s', async (upload, content, verdict) => {
    const packed = await tapPackage({ functions: TAP.functions, script: 'x\n' });
    const found = await diffInstalled(edge(upload), packed, 'tap');
    expect(found).toMatchObject({ content, verdict, facts: [], installScript: 'x\n' });
  });

  it('differ in version, symbols and the rules that would miss them', async () => {
    const host = edge('tap.zip');
    host.has('mine', '1', 'mine.zip', { functions: ['tap_new'] });
    host.shown = {
      streams: { s: 'CREATE STREAM s () WITH (TYPE="tap_src")' },
      rules: {
        r1: JSON.stringify({ sql: 'SELECT tap_old(a), tap_fn(b) FROM s', actions: [{ log: {} }] }),
        r2: JSON.stringify({ sql: 'SELECT tap_fn(a) FROM s', actions: [{ log: {} }] }),
      },
    };
    const packed = await tapPackage({ version: '1.1.0', functions: ['tap_fn', 'tap_new'] });
    const found = await diffInstalled(host, packed, 'tap');
    expect(found).toMatchObject({
      verdict: 'different',
      facts: [{ fact: 'version', before: '1.0.0', after: '1.1.0' }],
      symbols: {
        added: [{ kind: 'function', name: 'tap_new' }],
        removed: [{ kind: 'function', name: 'tap_old' }],
      },
      broken: [{ rule: 'r1', symbols: [{ kind: 'function', name: 'tap_old' }] }],
      collisions: [{ symbol: { kind: 'function', name: 'tap_new' }, owner: 'mine' }],
    });
    expect(found.uses.map(({ rule }) => rule)).toEqual(['r1', 'r2']);
  });

  it('differ in the configuration that the host uses, whatever the content', async () => {
    const yaml = 'default:\n  interval: 1000\n  camelKey: 2\n  url: x\n';
    const packed = await tapPackage({ functions: TAP.functions, yaml });
    const host = edge(tapUpload(packed));
    host.configs.set('tap_src', new Map([['default', { interval: '1s', camelkey: 1 }]]));
    const found = await diffInstalled(host, packed, 'tap');
    expect(found).toMatchObject({ content: 'same', verdict: 'different' });
    expect(found.config).toEqual([
      {
        source: 'tap_src',
        values: [{ path: 'default.camelKey', what: 'changed', before: 1, after: 2 }],
        hidden: ['default.url'],
        unknown: null,
      },
    ]);
  });

  it.each([
    ['the host tells nothing of it', 'default: {}\n', 'edge1:9081 does not tell what it uses'],
    ['the file is no map', '- a\n', 'sources/tap_src.yaml is no map of groups'],
    [
      'the file is no YAML',
      'a: [\n',
      'eKuiper cannot read sources/tap_src.yaml: did not find expected node content',
    ],
  ])('have a configuration that is not compared when %s', async (_why, yaml, unknown) => {
    const packed = await tapPackage({ functions: TAP.functions, yaml });
    const host = edge(tapUpload(packed));
    if (unknown.startsWith('edge1')) host.configs.clear();
    const found = await diffInstalled(host, packed, 'tap');
    expect(found.config).toEqual([{ source: 'tap_src', values: [], hidden: [], unknown }]);
    expect(found.verdict).toBe('same');
  });

  it('are all new where the host has no such plugin', async () => {
    const host = new RuledHost('2.4.0');
    const found = await diffInstalled(host, await tapPackage({ script: 'x\n' }), 'tap');
    expect(found).toMatchObject({
      installed: null,
      verdict: 'different',
      facts: [],
      symbols: { added: [{ kind: 'source', name: 'tap_src' }], removed: [] },
      installScript: 'x\n',
    });
  });

  it('are compared without a status on eKuiper 1.x', async () => {
    const packed = await tapPackage({ functions: TAP.functions });
    const found = await diffInstalled(edge(tapUpload(packed), '1.14.7'), packed, 'tap');
    expect(found).toMatchObject({ verdict: 'same', installed: { state: 'unknown' } });
  });

  it('ask only', async () => {
    const host = edge('tap.zip');
    await diffInstalled(host, await tapPackage(), 'tap');
    expect(host.asked).toEqual(['STATUS tap']);
  });

  it('can be seen from the other side', async () => {
    const packed = await tapPackage({ version: '2', functions: ['tap_fn'], yaml: 'ha: {a: 1}\n' });
    const found = await diffInstalled(edge('tap.zip'), packed, 'tap');
    const turned = turnedInstalled(found);
    expect(turned).toMatchObject({
      first: 'package',
      facts: [{ before: '2', after: '1.0.0' }],
      symbols: { added: [{ name: 'tap_old' }], removed: [] },
      config: [
        {
          values: [
            { path: 'default', what: 'added' },
            { path: 'ha.a', what: 'removed' },
          ],
        },
      ],
      broken: [],
      installScript: null,
    });
    expect(turnedInstalled(turned)).toMatchObject({ facts: found.facts, symbols: found.symbols });
  });
});
