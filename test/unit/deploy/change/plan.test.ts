import { describe, expect, it, vi } from 'vitest';
import type { InstalledPlugin } from '../../../../src/client/answers.ts';
import { parseExport } from '../../../../src/client/exported.ts';
import { planInstall, symbolChanges } from '../../../../src/deploy/change/plan.ts';
import { FakeHost } from './fake-host.ts';

const wanted = {
  plugin: {
    name: 'probe',
    version: '2.0.0',
    symbols: [{ kind: 'function' as const, name: 'pfn' }],
  },
  uploadName: 'probe-1.0.0-aaaaaaaa.zip',
  shellParas: [],
  reinstall: false,
};
const SAME = wanted.uploadName;
const OTHER = 'probe-0.9.0-bbbbbbbb.zip';

describe('what an installation will do', () => {
  it('installs where there is none', async () => {
    const plan = await planInstall(new FakeHost('2.4.0'), wanted);
    expect(plan).toMatchObject({ action: 'install', present: null, collisions: [] });
  });

  it('knows the rules of a plugin that is gone: they are looked at after it', async () => {
    const host = new FakeHost('1.14.7');
    const rule = { id: 'r', sql: 'SELECT pfn(a) FROM s', actions: [{ log: {} }] };
    host.exported = async () => parseExport({ rules: { r: JSON.stringify(rule) } });
    expect((await planInstall(host, wanted)).uses).toMatchObject([{ rule: 'r' }]);
  });

  it.each([
    ['2.4.0', SAME, 'running', 'unchanged'],
    ['2.4.0', SAME, 'initializing', 'unchanged'],
    ['2.4.0', SAME, 'error', 'restart'],
    ['2.4.0', SAME, 'stop', 'restart'],
    ['2.4.0', OTHER, 'running', 'update'],
    ['2.4.0', OTHER, 'error', 'update'],
    ['1.14.7', SAME, 'running', 'unchanged'],
    ['1.14.7', OTHER, 'running', 'update'],
  ] as const)('eKuiper %s with %s, %s: %s', async (version, upload, state, action) => {
    const host = new FakeHost(version).has('probe', '0.9.0', upload);
    host.statuses = [{ state }];
    const plan = await planInstall(host, wanted);
    expect(plan.action).toBe(action);
    expect(plan.present).toMatchObject({
      plugin: { version: '0.9.0' },
      registration: { file: `file:///up/${upload}` },
    });
  });

  it.each([
    ['over one', [['probe', { name: 'probe', file: `file:///up/${OTHER}`, shellParas: [] }]]],
    ['where there was none', []],
  ] as const)(
    'looks again when somebody installs it between two answers, %s',
    async (_, before) => {
      const host = new FakeHost('2.4.0').has('probe', '3.0.0', 'probe-3.0.0-cccccccc.zip');
      const now = await host.exported();
      const exported = vi
        .spyOn(host, 'exported')
        .mockResolvedValueOnce({ ...now, registrations: new Map(before) });
      const { present } = await planInstall(host, wanted);
      expect(present).toMatchObject({
        plugin: { version: '3.0.0' },
        registration: { file: 'file:///up/probe-3.0.0-cccccccc.zip' },
      });
      expect(exported).toHaveBeenCalledTimes(2);
    },
  );

  it('updates when it is told to, when the arguments differ, when nothing is known of the content', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', SAME);
    const actionOf = async (change: object) =>
      (await planInstall(host, { ...wanted, ...change })).action;
    expect(await actionOf({ reinstall: true })).toBe('update');
    expect(await actionOf({ shellParas: ['x'] })).toBe('update');
    host.registered.clear();
    expect(await actionOf({})).toBe('update');
  });

  it('sees symbols that another plugin has, of the same kind only, and not its own', async () => {
    const host = new FakeHost('2.4.0')
      .has('probe', '1.0.0', SAME, { functions: ['pfn'] })
      .has('other', '1.0.0', 'o.zip', { functions: ['pfn', 'x'] })
      .has('third', '1.0.0', 't.zip', { sources: ['pfn'] });
    const { collisions } = await planInstall(host, wanted);
    expect(collisions).toEqual([{ symbol: { kind: 'function', name: 'pfn' }, owner: 'other' }]);
  });
});

const INSTALLED: InstalledPlugin = {
  name: 'tap',
  version: '1.0.0',
  language: 'python',
  executable: '/kuiper/plugins/portable/tap/main.py',
  virtualEnvType: null,
  env: null,
  sources: ['b', 'a'],
  sinks: ['a'],
  functions: [],
};

describe('symbolChanges', () => {
  it('adds everything where the host has no such plugin', () => {
    const symbols = [
      { kind: 'function', name: 'f' },
      { kind: 'source', name: 's' },
    ] as const;
    expect(symbolChanges(null, { name: 'tap', symbols })).toEqual({
      added: [symbols[1], symbols[0]],
      removed: [],
      kept: [],
    });
  });

  it('tells a source from a sink of the same name', () => {
    const symbols = [
      { kind: 'source', name: 'a' },
      { kind: 'function', name: 'a' },
    ] as const;
    expect(symbolChanges(INSTALLED, { name: 'tap', symbols })).toEqual({
      added: [{ kind: 'function', name: 'a' }],
      removed: [
        { kind: 'source', name: 'b' },
        { kind: 'sink', name: 'a' },
      ],
      kept: [{ kind: 'source', name: 'a' }],
    });
  });

  it('counts a symbol once, however often it is declared', () => {
    const twice = { kind: 'function', name: 'f' } as const;
    const changes = symbolChanges(null, { name: 'tap', symbols: [twice, twice] });
    expect(changes.added).toEqual([twice]);
  });
});
