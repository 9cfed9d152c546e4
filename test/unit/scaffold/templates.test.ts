import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render, renderJson } from '../../../src/scaffold/templates.ts';

describe('a template', () => {
  test.each([
    ['a {{ x }} b', { x: 'plain' }, 'a plain b'],
    ['# {{ x | line }}', { x: 'two\tparts' }, '# two parts'],
    ['"""{{ x | docstring }}\n', { x: 'a """ \\ b' }, '"""a \\"\\"\\" \\\\ b\n'],
    ['{{ x | markdown }}', { x: '<a>*b*' }, '\\<a\\>\\*b\\*'],
    ['{{ x }}', { x: { code: 'a\n  b' } }, 'a\n  b'],
    ['a\n    {{ x }}\nb', { x: { code: '' } }, 'a\nb'],
    ['f"{len(args)}" {x}', {}, 'f"{len(args)}" {x}'],
  ])('%j', (template, values, expected) => {
    expect(render(template, values)).toBe(expected);
  });

  test.each([
    ['an unknown placeholder', '{{ y }}', { x: 'a' }],
    ['an unknown encoder', '{{ x | shout }}', { x: 'a' }],
    ['a broken placeholder', '{{x}}', { x: 'a' }],
    ['a text that needs an encoder', '{{ x }}', { x: 'a "b"' }],
  ])('fails on %s', (_, template, values) => {
    expect(() => render(template, values)).toThrow();
  });

  test('of JSON takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = renderJson('{"a": ["{{ x }}: {{ x }}", 1, null]}', { x: text });
        expect(JSON.parse(json)).toEqual({ a: [`${text}: ${text}`, 1, null] });
      }),
    );
  });

  test('of JSON fails on an unknown placeholder', () => {
    expect(() => renderJson('{"a": "{{ y }}"}', { x: 'a' })).toThrow('placeholder y');
  });
});
