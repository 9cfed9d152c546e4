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
    [
      'many',
      [...many('func_a', 40), ...many('plugin_a', 39)],
      [],
      'before an eKuiper or a test server starts: rm /tmp/func_*.ipc /tmp/plugin_*.ipc',
    ],
    [
      'many beside one that is in use',
      [...many('func_a', 40), ...many('plugin_a', 39)],
      ['/tmp/func_b.ipc'],
      'before an eKuiper or a test server starts: rm /tmp/func_a*.ipc /tmp/plugin_*.ipc',
    ],
    [
      'sources and sinks of rules',
      [...many('rule1_src_', 5), '/tmp/x_y_0.ipc'],
      [],
      'before an eKuiper or a test server starts: rm /tmp/rule1*.ipc /tmp/x_y_0.ipc',
    ],
    [
      'odd names',
      many('plugin_it is ', 6),
      ['/tmp/plugin_it.ipc'],
      "before an eKuiper or a test server starts: rm '/tmp/plugin_it '*.ipc",
    ],
    [
      'many that lie between those in use',
      ['a', 'b', 'c', 'd', 'e'].map((name) => `/tmp/plugin_${name}.ipc`),
      ['a', 'b', 'c', 'd', 'e'].map((name) => `/tmp/plugin_${name}2.ipc`),
      'before an eKuiper or a test server starts: rm /tmp/plugin_a.ipc /tmp/plugin_b.ipc /tmp/plugin_c.ipc /tmp/plugin_d.ipc, then kplugin doctor again for the others',
    ],
  ])('%s', async (_name, dead, live, hint) => {
    expect(await hintFor(dead, live)).toBe(hint);
  });

  it('is short, and takes nothing that is in use, whatever lies there', async () => {
    const name = fc.stringMatching(/^(plugin|func)_[ab]{1,4}$/).map((it) => `/tmp/${it}.ipc`);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        async (all, at) => {
          const dead = all.slice(0, 1 + (at % all.length));
          const live = all.slice(dead.length);
          const words =
            (await hintFor(dead, live))
              ?.split(',')[0]
              ?.replace(/^.*?rm /, '')
              .split(' ') ?? [];
          const taken = (file: string): boolean =>
            words.some((word) =>
              new RegExp(`^${word.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(file),
            );
          expect(words.length).toBeLessThanOrEqual(4);
          expect(live.filter(taken)).toEqual([]);
          if (dead.length <= 4) expect(dead.every(taken)).toBe(true);
        },
      ),
    );
  });
});
