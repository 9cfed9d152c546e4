import { describe, expect, it } from 'vitest';
import { parsedSecrets } from '../../../../../src/model/secrets/settings/parsed-values.ts';

/** Of a text, what is seen as a secret. */
const seen = (text: string): string[] =>
  parsedSecrets(text).map(({ start, end }) => text.slice(start, end).trim());

describe('values of secret keys, by what a parser says', () => {
  it.each<[string, string, readonly string[]]>([
    ['a scalar', 'a: b\npassword: geheim\n', ['geheim']],
    ['JSON', '{"a": {"pass\\u0077ord": "geheim"}}', ['"geheim"']],
    ['JSON, a list', '[{"tokens": ["x1", "y2"]}]', ['["x1", "y2"]', '"y2"', '"x1"']],
    ['behind an alias', 'a: &x geheim\npassword: *x\n', ['*x', '&x geheim']],
    ['a name beside it', '- name: password\n  value: geheim\n', ['geheim']],
    ['in a later document', 'a: b\n---\npassword: geheim\n', ['geheim']],
    ['none', 'a: b\nc: [d, {e: f}]\n', []],
  ])('%s', (_name, text, secrets) => {
    expect(seen(text)).toEqual(secrets);
  });

  it('what aliases multiply is looked at once', () => {
    const levels = Array.from(
      { length: 30 },
      (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]`,
    );
    const text = `l0: &l0 geheim\n${levels.join('\n')}\npassword: *l30\n`;
    const spans = parsedSecrets(text);
    expect(spans.length).toBeLessThan(200);
    expect(seen(text)).toContain('&l0 geheim');
  });

  it('a megabyte of pairs', () => {
    const text = `${'a: b\n'.repeat(200_000)}password: geheim\n`;
    expect(seen(text)).toEqual(['geheim']);
  });
});
