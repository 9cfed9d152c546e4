import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULE_GROUPS, RULES } from '../../../../src/lint/rules/index.ts';

it('every id is its own', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

describe.each(Object.entries(RULE_GROUPS))('%s', (group, rules) => {
  it('has rules', () => {
    expect(rules.length).toBeGreaterThan(0);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    // One small file each, with its own table.
    expect(existsSync(`src/lint/rules/${group}/${id}.ts`)).toBe(true);
    expect(existsSync(`test/unit/lint/rules/${group}/${id}.test.ts`)).toBe(true);
    const { means, why, issues, bad, good } = rule.explanation;
    for (const text of [means, why]) expect(text).toMatch(/^\S.*[.)"]$/s);
    for (const issue of issues) expect(issue).toMatch(/^#\d+$/);
    expect(bad).not.toBe('');
    expect(good).not.toBe(bad);
  });
});
