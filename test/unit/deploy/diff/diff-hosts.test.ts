import { describe, expect, it } from 'vitest';
import { diffHosts } from '../../../../src/deploy/diff/diff-hosts.ts';
import { readHost } from '../../../../src/deploy/diff/host-side.ts';
import { FakeHost } from '../change/fake-host.ts';

const OURS = 'tap-1.0.0-0a1b2c3d.zip';

async function compared(before: FakeHost, after: FakeHost, only: string | null = null) {
  return diffHosts(await readHost(before), await readHost(after), only);
}

describe('two hosts', () => {
  it('are the same when everything in them is', async () => {
    const host = () => new FakeHost('2.4.0').has('tap', '1.0.0', OURS);
    expect(await compared(host(), host())).toMatchObject({
      verdict: 'same',
      host: [],
      plugins: [{ name: 'tap', what: 'kept', verdict: 'same', content: 'same' }],
    });
  });

  it('differ in eKuiper, and in who has which plugin', async () => {
    const before = new FakeHost('2.4.0').has('a', '1', 'a.zip').has('b', '1', OURS);
    const after = new FakeHost('2.3.1').has('b', '1', OURS).has('c', '1', 'c.zip');
    const found = await compared(before, after);
    expect(found.host).toEqual([{ fact: 'ekuiper', before: '2.4.0', after: '2.3.1' }]);
    expect(found.plugins.map(({ name, what }) => `${what} ${name}`)).toEqual([
      'removed a',
      'kept b',
      'added c',
    ]);
    expect(found.verdict).toBe('different');
  });

  it.each<[string, (host: FakeHost) => void, object]>([
    ['version', (host) => host.has('tap', '2', OURS), { facts: [{ fact: 'version' }] }],
    [
      'content',
      (host) => host.has('tap', '1.0.0', 'tap-1.0.0-ffffffff.zip'),
      { content: 'different', verdict: 'different' },
    ],
    [
      'nothing known',
      (host) => host.has('tap', '1.0.0', 'tap.zip'),
      { content: 'unknown', verdict: 'unknown' },
    ],
    [
      'symbols',
      (host) => host.has('tap', '1.0.0', OURS, { sinks: ['k'] }),
      { symbols: { added: [{ kind: 'sink', name: 'k' }] } },
    ],
    [
      'arguments',
      (host) => host.registered.set('tap', { name: 'tap', file: `/up/${OURS}`, shellParas: ['x'] }),
      { otherParas: true, verdict: 'different' },
    ],
    [
      'state',
      (host) => {
        host.statuses = [{ state: 'error', error: 'exit status 3' }];
      },
      {
        otherState: true,
        before: { state: 'running' },
        after: { state: 'dead' },
        verdict: 'different',
      },
    ],
  ])('differ in a plugin: %s', async (_what, change, expected) => {
    const before = new FakeHost('2.4.0').has('tap', '1.0.0', OURS);
    const after = new FakeHost('2.4.0').has('tap', '1.0.0', OURS);
    change(after);
    const found = await compared(before, after);
    expect(found.plugins).toMatchObject([expected]);
    expect(found.verdict).not.toBe('same');
  });

  it('differ in the settings of their sources', async () => {
    const host = (interval: number) => {
      const one = new FakeHost('2.4.0').has('tap', '1.0.0', OURS, { sources: ['tap_src'] });
      one.configs.set('tap_src', new Map([['default', { interval }]]));
      return one;
    };
    const found = await compared(host(1), host(2));
    expect(found.plugins[0]?.config[0]?.values).toEqual([
      { path: 'default.interval', what: 'changed', before: 1, after: 2 },
    ]);
    expect(found.verdict).toBe('different');
  });

  it('have no other state where one of them does not tell any', async () => {
    const [old, young] = ['1.14.7', '2.4.0'].map((v) => new FakeHost(v).has('tap', '1.0.0', OURS));
    if (!old || !young) throw new Error('two hosts were made');
    expect((await compared(old, young)).plugins).toMatchObject([{ otherState: false }]);
  });

  it('can be compared in one plugin', async () => {
    const before = new FakeHost('2.4.0').has('tap', '1.0.0', OURS).has('x', '1', 'x.zip');
    const after = new FakeHost('2.4.0').has('tap', '1.0.0', OURS);
    expect(await compared(before, after, 'tap')).toMatchObject({ verdict: 'same' });
    expect((await compared(before, after, 'nobody')).plugins).toEqual([]);
  });
});
