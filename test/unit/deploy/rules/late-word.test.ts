import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/client/exported.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { describePlugin, listPlugins } from '../../../../src/deploy/plugins/host-plugins.ts';
import { FakeHost, fakeClock } from '../change/fake-host.ts';
import { line } from './statuses.ts';

const KILLED = 'signal: killed';
const OLD = 'pysam-1.0.0-11111111.zip';

interface Sick {
  readonly version?: string;
  readonly error?: string;
  readonly rowsPerLook?: number;
  /** The rule's text: by it a function is used, or a sink only. */
  readonly sql?: string;
}

/** A host that says of pysam that it is down, and has a rule with so many more rows at each look. */
function hostWith(sick: Sick): FakeHost {
  const {
    version = '2.4.0',
    error = KILLED,
    rowsPerLook = 1,
    sql = 'SELECT revert(a) FROM s',
  } = sick;
  const host = new FakeHost(version).has('pysam', '1.0.0', OLD, { functions: ['revert'] });
  host.statuses = [{ state: 'error', error }];
  const told = host.exported.bind(host);
  const rules = { r: JSON.stringify({ sql, actions: [{ log: {} }] }) };
  host.exported = async () => ({ ...(await told()), ...pick(parseExport({ rules })) });
  let seen = 0;
  host.ruleStatus = async () => {
    seen += rowsPerLook;
    return line(seen, seen, seen);
  };
  return host;
}

function pick({ rules }: ReturnType<typeof parseExport>) {
  return { rules };
}

describe('a plugin that its host calls killed', () => {
  it.each([
    ['rows flow through its function', {}, 'running'],
    ['no row comes', { rowsPerLook: 0 }, 'dead'],
    ['no rule uses it', { sql: 'SELECT a FROM s' }, 'dead'],
    ['it ended by itself', { error: 'exit status 3' }, 'dead'],
    ['eKuiper 2.0 means it', { version: '2.0.8' }, 'dead'],
  ] as const)('%s', async (_case, sick, state) => {
    const found = await describePlugin(hostWith(sick), 'pysam', fakeClock());
    expect(found.health.state).toBe(state);
    const { plugins } = await listPlugins(hostWith(sick), fakeClock());
    expect(plugins[0]?.health.state).toBe(state);
  });

  it('says why it is not believed', async () => {
    const { health } = await describePlugin(hostWith({}), 'pysam', fakeClock());
    expect(health).toMatchObject({ error: '', meaning: expect.stringContaining('reported late') });
  });

  it('is believed by whoever has no time to look', async () => {
    const { health } = await describePlugin(hostWith({}), 'pysam');
    expect(health).toMatchObject({ state: 'dead', error: KILLED });
  });

  it.each([
    ['rows flow', {}, 'unchanged'],
    ['none do', { rowsPerLook: 0 }, 'restart'],
  ] as const)('and is installed again: %s', async (_case, sick, action) => {
    const wanted = {
      plugin: { name: 'pysam', version: '1.0.0', symbols: null },
      uploadName: OLD,
      shellParas: [],
      reinstall: false,
    };
    expect((await planInstall(hostWith(sick), wanted, fakeClock())).action).toBe(action);
  });
});
