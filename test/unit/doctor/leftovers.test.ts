import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { about, looked } from './machines.ts';

describe('what is left over', () => {
  const socket = (path: string, alive: boolean) => ({ path, alive });

  it('is told apart from what is in use', async () => {
    const remarks = await looked({
      sockets: async () => [socket('/tmp/func_a.ipc', true), socket('/tmp/plugin_b c.ipc', false)],
    });
    expect(about(remarks, 'machine-sockets')).toEqual([
      'ok: /tmp can be written; in use: /tmp/func_a.ipc',
      'warning: left over in /tmp, with nobody behind: /tmp/plugin_b c.ipc',
    ]);
    expect(remarks.find(({ id }) => id === 'machine-sockets-left')?.hint).toBe(
      "rm '/tmp/plugin_b c.ipc'",
    );
  });
});

describe('the command that removes what is left over', () => {
  const many = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, at) => `/tmp/${prefix}${at}.ipc`);
  const hintFor = async (dead: readonly string[], live: readonly string[] = []) => {
    const sockets = async () => [
      ...dead.map((path) => ({ path, alive: false })),
      ...live.map((path) => ({ path, alive: true })),
    ];
    const remarks = await looked({ sockets });
    return remarks.find(({ id }) => id === 'machine-sockets-left')?.hint;
  };

  it.each<[string, readonly string[], readonly string[], string]>([
    ['few', many('func_a', 2), [], 'rm /tmp/func_a0.ipc /tmp/func_a1.ipc'],
    ['beside those in use', many('func_a', 1), ['/tmp/func_b.ipc'], 'rm /tmp/func_a0.ipc'],
    [
      'odd names',
      ['/tmp/plugin_it is.ipc', '/tmp/plugin_$(x).ipc', "/tmp/plugin_'*.ipc", '/tmp/plugin_\n.ipc'],
      [],
      "rm '/tmp/plugin_it is.ipc' '/tmp/plugin_$(x).ipc' '/tmp/plugin_'\\''*.ipc' $'/tmp/plugin_\\012.ipc'",
    ],
    [
      'many',
      [...many('func_a', 40), ...many('plugin_a', 39)],
      [],
      `rm ${many('func_a', 20).join(' ')}\n(then kplugin doctor again for the others)`,
    ],
  ])('%s', async (_name, dead, live, hint) => {
    expect(await hintFor(dead, live)).toBe(hint);
  });

  it('names files alone, and none that is in use, whatever lies there', async () => {
    const name = fc.stringMatching(/^(plugin|func)_[ab]{1,4}$/).map((it) => `/tmp/${it}.ipc`);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        async (all, at) => {
          const dead = all.slice(0, 1 + (at % all.length));
          const hint = await hintFor(dead, all.slice(dead.length));
          const words = hint?.split('\n')[0]?.split(' ') ?? [];
          expect(words).toEqual(['rm', ...dead.slice(0, 20)]);
        },
      ),
    );
  });
});
