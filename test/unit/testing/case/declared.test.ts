import { describe, expect, it, test } from 'vitest';
import { readSubject } from '../../../../src/lint/subject/read-subject.ts';
import { declaredIn } from '../../../../src/testing/case/declared.ts';
import { sampleArguments } from '../../../../src/testing/checks/samples.ts';
import { GOOD_FILES } from '../../lint/check-rule.ts';
import { memoryView } from '../../lint/memory-view.ts';

const declared = async (files: Readonly<Record<string, string>>) =>
  declaredIn(await readSubject(memoryView({ files: { ...GOOD_FILES, ...files } }), '2.4'));

const sink = (...properties: unknown[]) => ({ 'sinks/psnk.json': JSON.stringify({ properties }) });

describe('what the files of a plugin declare', () => {
  it('the types of the arguments of a function', async () => {
    const functions = [
      { name: 'pfn', args: [{ name: 'a', type: 'STRING' }, { name: 'b' }, 'c'] },
      { name: 'other' },
      { name: 7, args: [] },
      null,
    ];
    const { args } = await declared({ 'functions/pfn.json': JSON.stringify({ functions }) });
    expect([...args]).toEqual([['pfn', ['string', '', '']]]);
  });

  it('the defaults of a sink, complete when every property has one', async () => {
    const path = { name: 'path', default: '/tmp/x' };
    const all = await declared(sink(path, { name: 'n', default: 0 }));
    expect(all.sinkDefaults.get('psnk')).toEqual({ path: '/tmp/x', n: 0 });
    expect(all.complete.sinks.has('psnk')).toBe(true);
    const some = await declared(sink(path, { name: 'url', default: '' }, { default: 1 }));
    expect(some.sinkDefaults.get('psnk')).toEqual({ path: '/tmp/x' });
    expect(some.complete.sinks.has('psnk')).toBe(false);
  });

  it.each([
    ['default:\n  a: 1\n', true],
    ['default:\n  a: 1\n  url: ""\n', false],
    ['default: {}\n', false],
    ['other:\n  a: 1\n', false],
    ['default: [', false],
    ['', false],
  ])('the source with %j is complete: %s', async (text, isComplete) => {
    const { complete } = await declared({ 'sources/psrc.yaml': text });
    expect(complete.sources.has('psrc')).toBe(isComplete);
  });

  it('the line of each symbol in the manifest', async () => {
    const manifest =
      '{"language": "python", "executable": "main.py",\n"sinks": ["a"],\n"functions": ["a",\n"b"]}';
    const { places } = await declared({ 'probe.json': manifest });
    expect([...places].map(([key, { file, line }]) => `${key} ${file}:${line}`)).toEqual([
      'sink a probe.json:2',
      'function a probe.json:3',
      'function b probe.json:4',
    ]);
  });

  it.each(['null', '[]', '{', '{"functions": {"a": 1}, "properties": 3}', '{"__proto__": [1]}'])(
    'nothing in %j',
    async (text) => {
      const files = { 'functions/pfn.json': text, 'sinks/psnk.json': text };
      const { args, sinkDefaults } = await declared(files);
      expect([...args]).toEqual([]);
      expect(sinkDefaults.get('psnk') ?? {}).toEqual({});
    },
  );
});

test('made-up arguments fit their types; an aggregate function gets lists', () => {
  expect(sampleArguments(['string', 'int', 'bool', 'constructor'], 0, false)).toEqual([
    'abc',
    1,
    true,
    'abc',
  ]);
  expect(sampleArguments(['float'], 1, true)).toEqual([[20.25, 1.5, 20.25]]);
});
