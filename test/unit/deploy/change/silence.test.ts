import { describe, expect, it } from 'vitest';
import type { PluginStatus } from '../../../../src/client/answers.ts';
import { type HostExport, parseExport } from '../../../../src/client/exported.ts';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { beforeChange } from '../../../../src/deploy/change/after.ts';
import { carryOut } from '../../../../src/deploy/change/carry-out.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { begun, EMPTY_RECORD } from '../../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import { line } from '../rules/statuses.ts';
import { ActingHost } from './acting-host.ts';
import { uploadOf } from './changing.ts';
import { fakeClock, notingWatcher } from './fake-host.ts';

const RULES = {
  streams: { s: 'CREATE STREAM s () WITH (TYPE="psrc")' },
  rules: { r: JSON.stringify({ sql: 'SELECT * FROM s', actions: [{ log: {} }] }) },
};

const TRACEBACK = `call func pfn error: Traceback (most recent call last):
  File "main.py", line 26, in exec
RuntimeError: boom
`;

/** A host with a rule into which the plugin's source brings a row at every look, as long as it lives. */
class RuleHost extends ActingHost {
  private rows = 0;
  private thrown = 0;
  /** So many registrations from now on start nothing (docs/ekuiper.md#killed-by-an-update). */
  lame = 0;
  flows = true;

  override has(name: string, version: string, upload: string): this {
    super.has(name, version, upload);
    const plugin = this.installed.get(name);
    if (plugin) this.installed.set(name, { ...plugin, sources: ['psrc'] });
    return this;
  }
  override accept(registration: Parameters<ActingHost['accept']>[0]): void {
    super.accept(registration);
    const plugin = this.installed.get(registration.name);
    if (plugin) this.installed.set(registration.name, { ...plugin, sources: ['psrc'] });
    this.flows = this.lame === 0;
    this.lame = Math.max(0, this.lame - 1);
  }
  /** What ended with exit code 0 goes on being called running. */
  override async status(name: string): Promise<PluginStatus | null> {
    return (await super.status(name)) && { state: 'running', error: '', refCount: new Map() };
  }
  override async exported(): Promise<HostExport> {
    return { ...parseExport(RULES), registrations: this.registered, files: this.files };
  }
  override async ruleStatus(): Promise<RuleStatus | null> {
    if (this.running('probe')?.endsWith('throws') === true) this.thrown += 1;
    if (this.running('probe') !== null && this.flows) this.rows += 1;
    const { rows, thrown } = this;
    const status = line(rows, rows, rows - thrown, thrown, TRACEBACK);
    const time = this.flows ? Date.UTC(2026, 0, 2, 3, 4, 5) : Date.UTC(2026, 0, 2, 3, 4, 0);
    return {
      ...status,
      operators: status.operators.map((one) => ({ ...one, lastRowTime: time })),
    };
  }
}

const running = (target: string): RuleHost =>
  new RuleHost(target).has('probe', '1.0.0', uploadOf('1.0.0'));

async function install(
  host: RuleHost,
  version: string,
  wished: { allowSilence?: boolean; restartRules?: boolean } = {},
) {
  const uploadName = uploadOf(version);
  const symbols = [{ kind: 'source', name: 'psrc' }] as const;
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version, symbols },
    uploadName,
    shellParas: [],
    reinstall: false,
  });
  const [clock, watcher] = [fakeClock(), notingWatcher()];
  const watch = await beforeChange(host, plan.uses);
  const upload = { name: uploadName, size: 3, chunks: async function* () {} };
  const change = {
    act: 'install',
    plan,
    upload,
    digest: 'aa',
    symbols,
    hasScript: false,
    watch,
    config: [],
    restartRules: wished.restartRules ?? false,
    allowSilence: wished.allowSilence ?? false,
  } as const;
  const signal = new AbortController().signal;
  const effects = { watcher, clock, signal, recovery: host, recoveryClock: clock, limit: 90_000 };
  return carryOut(host, change, effects);
}

const outcomes = (host: RuleHost): string => host.files.get('probe.kplugin.json') ?? '';

describe('a version from which a rule gets no rows', () => {
  it.each(['1.14.7', '2.4.0'])(
    'eKuiper %s: the one before comes back, and its rows are seen',
    async (version) => {
      const host = running(version);
      await expect(install(host, '2.0.0-dies')).rejects.toMatchObject({
        code: 'rules-silent',
        exit: 3,
        message: expect.stringMatching(/^probe 2\.0\.0-dies failed on edge1:9081; probe 1\.0\.0 /),
        reason: expect.stringContaining('no row has come through rule r on edge1:9081'),
        hint: expect.stringContaining('--allow-silence'),
        notes: ['rule r answers: rows went through it'],
      });
      expect(host.running('probe')).toBe('1.0.0');
      expect(outcomes(host)).toContain('failed');
      expect([...host.disk]).toContain(uploadOf('1.0.0'));
    },
  );

  it('stays where that is allowed, and it is said', async () => {
    const host = running('1.14.7');
    const { after } = await install(host, '2.0.0-dies', { allowSilence: true });
    expect(after.notes).toEqual([
      'no row has come through rule r since, though rows came right before',
      expect.stringContaining('POST /rules/r/restart'),
    ]);
    expect(host.installed.get('probe')?.version).toBe('2.0.0-dies');
  });

  it('has its rules restarted first where that is wished, and again for the one before', async () => {
    const host = running('1.14.7');
    host.ruleStates = async () => [{ id: 'r', state: 'Running' }];
    await expect(install(host, '2.0.0-dies', { restartRules: true })).rejects.toMatchObject({
      reason: expect.not.stringContaining('--restart-rules'),
    });
    const order = host.asked.filter((asked) => /^(POST|RESTART)/.test(asked));
    expect(order.at(-1)).toBe('RESTART r');
    expect(order.filter((asked) => asked.startsWith('RESTART'))).toHaveLength(3);
  });

  it('a restarted rule that stays down is a failure, and is started again for the one before', async () => {
    const host = running('2.4.0');
    host.ruleStates = async () => [{ id: 'r', state: 'running' }];
    const status = host.ruleStatus.bind(host);
    host.ruleStatus = async () => {
      const now = await status();
      const isDown = host.running('probe') === '2.0.0' && host.asked.includes('RESTART r');
      return now && isDown ? { ...now, state: 'stopped', message: 'function f not found.' } : now;
    };
    await expect(install(host, '2.0.0', { restartRules: true })).rejects.toMatchObject({
      code: 'rules-down',
      exit: 3,
      reason: expect.stringContaining('could not be restarted: function f not found.'),
      notes: ['rule r answers: rows went through it'],
    });
    expect(host.running('probe')).toBe('1.0.0');
    expect(host.asked.filter((asked) => asked === 'RESTART r')).toHaveLength(3);
  });

  it('was quiet before: nothing is known, and it stays', async () => {
    const host = running('1.14.7');
    host.flows = false;
    host.ruleStatus = async () => line(5, 5, 5);
    const { after } = await install(host, '2.0.0');
    expect(after.verdicts).toMatchObject([{ state: 'quiet', rowsBefore: false }]);
  });
});

describe('a version that throws for every row', () => {
  it.each(['1.14.7', '2.0.8', '2.4.0'])(
    'eKuiper %s: the one before comes back, and what was thrown is shown whole',
    async (version) => {
      const host = running(version);
      await expect(install(host, '2.0.0-throws')).rejects.toMatchObject({
        code: 'rules-throw',
        exit: 3,
        message: expect.stringMatching(
          /^probe 2\.0\.0-throws failed on edge1:9081; probe 1\.0\.0 /,
        ),
        reason: expect.stringContaining(`rule r: ${TRACEBACK}`),
        hint: expect.stringContaining('--allow-silence'),
        notes: ['rule r answers: rows went through it'],
      });
      expect(host.running('probe')).toBe('1.0.0');
      expect(outcomes(host)).toContain('failed');
    },
  );

  it('stays where that is allowed, and it is said', async () => {
    const host = running('2.4.0');
    const { after } = await install(host, '2.0.0-throws', { allowSilence: true });
    expect(after.notes).toEqual([`rule r throws for every row: ${TRACEBACK}`]);
    expect(host.installed.get('probe')?.version).toBe('2.0.0-throws');
  });

  it('where rows were thrown before as well, it is not the cause', async () => {
    const host = running('2.4.0').has('probe', '1.0.0-throws', uploadOf('1.0.0-throws'));
    const { after } = await install(host, '2.0.0-throws');
    expect(after.verdicts).toMatchObject([{ onlyThrows: true, rowsBefore: false }]);
  });
});

describe('an update of eKuiper 1.x that starts nothing', () => {
  it('is done once more', async () => {
    const host = running('1.14.7');
    host.lame = 1;
    const { attempts, after } = await install(host, '2.0.0');
    expect(attempts).toBe(2);
    expect(after.verdicts).toMatchObject([{ state: 'answers' }]);
  });

  it('also on the rollback', async () => {
    const host = running('1.14.7');
    host.lame = 3;
    await expect(install(host, '2.0.0')).rejects.toMatchObject({
      notes: ['rule r answers: rows went through it'],
    });
    expect(host.running('probe')).toBe('1.0.0');
  });
});

describe('a run that was interrupted while its version was starting', () => {
  it('is not believed by the next one: its rows ended with it', async () => {
    const host = running('1.14.7');
    const [before, wanted] = ['1.0.0', '2.0.0-dies'].map((version) => ({
      name: 'probe',
      file: `file:///up/${uploadOf(version)}`,
      shellParas: [],
    }));
    if (!before || !wanted) throw new Error('no registrations');
    host.has('probe', '2.0.0-dies', uploadOf('2.0.0-dies')).dead.set('probe', 'x');
    const time = Date.UTC(2026, 0, 2, 3, 4, 5);
    const record = begun(EMPTY_RECORD, { before, wanted, time });
    host.files.set('probe.kplugin.json', recordText(record));
    await expect(install(host, '2.0.0-dies')).rejects.toMatchObject({ code: 'rules-silent' });
    expect(host.running('probe')).toBe('1.0.0');
  });
});
