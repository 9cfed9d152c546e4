import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/client/exported.ts';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { findPlugin, listPlugins } from '../../../../src/deploy/plugins/host-plugins.ts';
import { FakeHost } from '../change/fake-host.ts';
import { operator, ruleStatus } from '../rules/statuses.ts';

describe('the plugins of a host', () => {
  it('each with how it is, asking 1.x for no status', async () => {
    const host = new FakeHost('1.14.7').has('pysam', '1', 'p.zip');
    expect(await listPlugins(host)).toMatchObject({
      plugins: [{ plugin: { name: 'pysam' }, health: { state: 'unknown' }, uses: [] }],
    });
  });

  it('the rest where an entry of the list is none', async () => {
    const host = new FakeHost('2.4.0').has('pysam', '1', 'p.zip');
    const there = await host.plugins();
    host.plugins = async (onInvalid?: (why: string) => void) => {
      onInvalid?.('a plugin has an empty name');
      return there;
    };
    expect(await listPlugins(host)).toMatchObject({
      plugins: [{ plugin: { name: 'pysam' } }],
      odd: ['a plugin has an empty name'],
    });
  });

  it('each with its rules, and those in trouble', async () => {
    const host = new FakeHost('2.4.0')
      .has('mirror', '1', 'm.zip', { sinks: ['msink'] })
      .has('pysam', '1', 'p.zip', { functions: ['revert'] });
    host.exported = async () =>
      parseExport({
        rules: {
          both: JSON.stringify({ sql: 'SELECT revert(a) FROM s', actions: [{ msink: {} }] }),
          none: JSON.stringify({ sql: 'SELECT a FROM s', actions: [{ log: {} }] }),
        },
      });
    const asked: string[] = [];
    const status = ruleStatus([
      operator('op_2_project_0', { exceptions: 3, lastException: 'call func revert error' }),
    ]);
    host.ruleStatus = async (...ids: string[]): Promise<RuleStatus> => {
      asked.push(...ids);
      return status;
    };
    const { plugins } = await listPlugins(host);
    expect(plugins).toMatchObject([
      { uses: [{ rule: 'both', symbols: [{ kind: 'sink', name: 'msink' }] }], troubles: [] },
      {
        uses: [{ rule: 'both', symbols: [{ kind: 'function', name: 'revert' }] }],
        troubles: [{ rule: 'both', state: 'throws', exceptions: 3 }],
      },
    ]);
    expect(asked).toEqual(['both', 'both']);
  });
});

describe('finding plugins', () => {
  it('suggests the nearest name', async () => {
    const host = new FakeHost('2.4.0').has('pysam', '1', 'p.zip').has('mirror', '1', 'm.zip');
    await expect(findPlugin(host, 'pysm')).rejects.toMatchObject({
      code: 'no-such-plugin',
      exit: 3,
      reason: 'it has pysam, mirror',
      hint: 'did you mean pysam?',
    });
    await expect(findPlugin(host, 'zzz')).rejects.toMatchObject({
      hint: 'kplugin list --host edge1:9081',
    });
  });
});
