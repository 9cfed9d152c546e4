import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../../src/client/http/host-failure.ts';
import { rowData, rowOf } from '../../../src/fleet/rollout-rows.ts';
import { EXIT, KpluginError } from '../../../src/model/error.ts';

const never = (): never => {
  throw new Error('nothing was done');
};

function failed(after: object | null): HostFailure {
  return new HostFailure({
    kind: 'refused',
    message: 'pysam 1.1.0 failed on edge1; pysam 1.0.0 runs again',
    reason: 'edge1 refused to update it: no\nbecause',
    hint: 'fix it',
    ...(after === null ? {} : { data: { after } }),
  });
}

const refusedHere = new KpluginError({
  code: 'symbol-taken',
  exit: EXIT.host,
  message: 'function f belongs to plugin other on edge1; nothing was sent',
  hint: 'rename it',
});

describe('what a host has after a failure', () => {
  const CAUSE = 'refused to update it: no';
  const HEADLINE = 'pysam 1.1.0 failed; pysam 1.0.0 runs again';
  it.each([
    ['back', failed({ version: '1.0.0', state: 'back', known: true }), '1.0.0', CAUSE],
    ['removed', failed({ version: null, state: 'removed', known: true }), null, CAUSE],
    ['lost', failed({ version: null, state: 'lost', known: false }), undefined, HEADLINE],
    [
      'nothing sent',
      failed({ version: null, state: 'untouched', known: false }),
      '1.0.0',
      HEADLINE,
    ],
    ['nothing told', failed(null), undefined, HEADLINE],
    ['odd words', failed({ version: '9', state: 'fine', known: true }), undefined, HEADLINE],
    [
      'refused by kplugin',
      refusedHere,
      '1.0.0',
      'function f belongs to plugin other; nothing was sent',
    ],
  ])('%s', (_name, error, after, note) => {
    const row = rowOf('edge1', '1.0.0', { state: 'failed', error, ms: 5 }, never, null);
    expect(row).toMatchObject({ after, note, state: 'failed', before: '1.0.0' });
    expect(rowData(row)).toMatchObject({ after: after ?? null, error: { reason: error.reason } });
  });

  it('a host that was never seen has nothing that is known', () => {
    const error = failed({ version: null, state: 'untouched', known: false });
    const row = rowOf('edge1', null, { state: 'failed', error, ms: 5 }, never, null);
    expect(row.after).toBeUndefined();
  });
});
