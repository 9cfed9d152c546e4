import { expect, it } from 'vitest';
import { rowsShowLife } from '../../../../src/deploy/rules/proof-by-rows.ts';
import { FakeHost, fakeClock } from '../change/fake-host.ts';
import { line } from './statuses.ts';

it.each([
  ['function', 1, true],
  ['source', 1, true],
  ['function', 0, false],
  ['sink', 1, false],
] as const)('a rule with its %s, %i rows a second: alive is %s', async (kind, rows, alive) => {
  const host = new FakeHost('2.4.0');
  let seen = 0;
  host.ruleStatus = async () => {
    seen += rows;
    return line(seen, seen, seen);
  };
  const use = { rule: 'r', symbols: [{ kind, name: 'x' }], by: 'read' as const };
  expect(await rowsShowLife(host, [use], { clock: fakeClock() })).toBe(alive);
});
