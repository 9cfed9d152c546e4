import { expect, it } from 'vitest';
import { parseAddress } from '../../../../src/client/http/address.ts';
import { withFix } from '../../../../src/deploy/plugins/trouble-fix.ts';
import type { RuleTrouble } from '../../../../src/deploy/rules/trouble.ts';

const FIX = 'curl -X POST http://edge1:9081/rules/r%201/restart';

it.each<[RuleTrouble['state'], string, string | undefined]>([
  ['stopped', 'function shout not found', FIX],
  ['stopped', 'error: Invalid call to function "Shout": not found', FIX],
  ['stopped', 'function other not found', undefined],
  ['stopped', 'function shouts not found', undefined],
  ['stopped', 'call func shout error: time out', undefined],
  ['throws', 'function shout not found', undefined],
])('%s: %s', (state, words, fix) => {
  const trouble = { rule: 'r 1', state, exceptions: 0, time: null, words };
  expect(withFix(trouble, ['shout'], parseAddress('edge1')).fix).toBe(fix);
});
