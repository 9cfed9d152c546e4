import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseHostInfo,
  parsePlugin,
  parsePluginNamed,
  parsePlugins,
  parseRegistrations,
  parseStatus,
  parseUploads,
} from '../../../src/client/answers.ts';
import { UnexpectedAnswer } from '../../../src/client/decode.ts';

const PARSERS = {
  parseHostInfo,
  parsePlugin,
  parsePlugins,
  parseRegistrations,
  parseStatus,
  parseUploads,
};

describe('answers, read at the door', () => {
  it('takes null lists for empty ones', () => {
    const plugin = parsePlugin({ name: 'p', sources: null, functions: ['f'] });
    expect(plugin).toMatchObject({ sources: [], sinks: [], functions: ['f'], version: '' });
    expect(parsePlugins(null)).toEqual([]);
  });

  it('takes nothing without a name for a plugin', () => {
    expect(parsePlugins([{ name: 'p' }, { name: '' }]).map(({ name }) => name)).toEqual(['p']);
    expect(() => parsePlugin({ name: '' })).toThrow('a plugin has an empty name');
  });

  it('reports what is odd in a list of plugins to whoever asks, and fails for others', () => {
    const odd = [{ name: 'a', sinks: 5 }, { name: '' }, {}, { name: 'p' }];
    const whys: string[] = [];
    expect(parsePlugins(odd, (why) => whys.push(why)).map(({ name }) => name)).toEqual(['p']);
    expect(whys).toEqual([
      '"sinks" of plugin a is not a list',
      'a plugin has an empty name',
      'a plugin has no "name"',
    ]);
    // The one that is looked for may be among them.
    expect(() => parsePlugins(odd)).toThrow(UnexpectedAnswer);
    expect(() => parsePlugins([{ name: 'p' }, 5], () => {})).toThrow('a plugin is not an object');
  });

  it('takes no plugin for another one', () => {
    expect(parsePluginNamed('p1', { name: 'p1' }).name).toBe('p1');
    const other = { name: `p2\u001b[1m${'x'.repeat(200)}` };
    expect(() => parsePluginNamed('p1', other)).toThrow(UnexpectedAnswer);
    expect(() => parsePluginNamed('p1', other)).toThrow(
      /^asked for plugin p1, it answered with plugin p2[\P{Cc}]{90,110}… \(\d+ more characters\)$/u,
    );
  });

  it('sorts plugins by name: eKuiper has no order', () => {
    expect(parsePlugins([{ name: 'b' }, { name: 'a' }]).map(({ name }) => name)).toEqual([
      'a',
      'b',
    ]);
  });

  it.each([
    ['2.4.0', '2.4'],
    ['v2.0.8', '2.0'],
    ['2.5.0-alpha.1', '2.4'],
    ['1.14.7', '1.14'],
    ['1.5.1', '1.14'],
    ['', '2.4'],
    ['devel', '2.4'],
  ])('version %j behaves as %s', (version, target) => {
    const info = parseHostInfo({ version, os: 'linux', arch: 'amd64', upTimeSeconds: 3 });
    expect(info).toMatchObject({ version, target });
  });

  it.each([[{ version: '1.0' }], [{}], [[]], ['2.4.0'], [null], [{ os: 'linux' }]])(
    '%j is not eKuiper',
    (value) => {
      expect(() => parseHostInfo(value)).toThrow(UnexpectedAnswer);
    },
  );

  it('keeps the start of what is too long for a version, a system or an architecture', () => {
    const long = 'a'.repeat(10_000);
    const info = parseHostInfo({ version: long, os: long, arch: long });
    const shown = `${'a'.repeat(100)}… (9900 more characters)`;
    expect(info).toMatchObject({ version: shown, os: shown, arch: shown });
  });

  it('keeps what it does not know of a status as unknown', () => {
    expect(parseStatus({ status: 'sleeping', refCount: null })).toMatchObject({ state: 'unknown' });
    const status = parseStatus({
      status: 'error',
      errMsg: '\u001b[1mexit status 3',
      refCount: { r1: 2 },
    });
    expect(status).toMatchObject({ state: 'error', error: 'exit status 3' });
    expect([...status.refCount]).toEqual([['r1', 2]]);
  });

  it('reads registrations, and leaves out what cannot be read', () => {
    const registrations = parseRegistrations({
      portablePlugins: {
        good: '{"name":"good","file":"file:///x.zip","shellParas":null}',
        paras: '{"name":"paras","file":"file:///y.zip","shellParas":["a b"]}',
        broken: '{',
        number: 3,
      },
    });
    expect([...registrations.values()]).toEqual([
      { name: 'good', file: 'file:///x.zip', shellParas: [] },
      { name: 'paras', file: 'file:///y.zip', shellParas: ['a b'] },
    ]);
    expect(parseRegistrations({ streams: {} }).size).toBe(0);
  });

  it.each(Object.entries(PARSERS))(
    '%s gives a value or UnexpectedAnswer for any JSON',
    (_name, parse) => {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          try {
            parse(value);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(UnexpectedAnswer);
          }
        }),
      );
    },
  );
});
