import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { RULE_GROUPS, RULES } from '../../../../src/lint/rules/index.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ALL = Object.entries(RULE_GROUPS).flatMap(([group, rules]) =>
  rules.map((rule) => ({ group, id: rule.id, rule })),
);

test('ids are unique', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(ALL)('$group/$id', ({ group, id, rule }) => {
  const { means, why, issues, bad, good } = rule.explanation;

  test('is named by its id, in a file of its own with a test', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(existsSync(here(`../../../../src/lint/rules/${group}/${id}.ts`))).toBe(true);
    expect(existsSync(here(`./${group}/${id}.test.ts`))).toBe(true);
  });

  test('explains itself in whole sentences, with examples', () => {
    for (const text of [means, why]) {
      expect(text.length).toBeGreaterThan(20);
      expect(text).toMatch(/[.…]["”)]?$/);
      expect(text).not.toMatch(/ {2}|^\s|\s$/);
    }
    for (const issue of issues) expect(issue).toMatch(/^#\d+$/);
    expect(bad.trim()).not.toBe('');
    expect(good.trim()).not.toBe('');
    expect(bad).not.toBe(good);
  });
});
