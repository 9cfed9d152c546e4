import { describe, expect, it } from 'vitest';
import { type HostExport, parseExport } from '../../../../src/client/exported.ts';
import type { RuleCheck } from '../../../../src/client/host-client.ts';
import type { RuleStatus } from '../../../../src/client/rule-status.ts';
import { beforeChange } from '../../../../src/deploy/change/after.ts';
import { carryOut } from '../../../../src/deploy/change/carry-out.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { line } from '../rules/statuses.ts';
import { ActingHost } from './acting-host.ts';
import { uploadOf } from './changing.ts';
import { fakeClock, notingWatcher } from './fake-host.ts';

const RULE = { sql: 'SELECT pfn(a) AS a FROM s', actions: [{ log: {} }] };

/** An eKuiper whose rule calls a function of the plugin; it says running whatever the process does. */
class CallingHost extends ActingHost {
  rules: Record<string, string> = { r: JSON.stringify(RULE) };
  /** Milliseconds by the clock until a version answers. */
  startsAfter: (version: string) => number = (version) =>
    version.endsWith('hangs') ? Number.POSITIVE_INFINITY : 0;
  private rows = 0;
  private began = 0;

  constructor(
    version: string,
    readonly clock = fakeClock(),
  ) {
    super(version);
  }

  override has(name: string, version: string, upload: string): this {
    super.has(name, version, upload);
    const plugin = this.installed.get(name);
    if (plugin) this.installed.set(name, { ...plugin, functions: ['pfn'] });
    return this;
  }
  override accept(registration: Parameters<ActingHost['accept']>[0]): void {
    super.accept(registration);
    this.began = this.clock.now();
    const plugin = this.installed.get(registration.name);
    if (plugin) this.installed.set(registration.name, { ...plugin, functions: ['pfn'] });
  }
  override async exported(): Promise<HostExport> {
    const { rules, registered, files } = this;
    return { ...parseExport({ rules }), registrations: registered, files };
  }
  override async checkRule(): Promise<RuleCheck> {
    this.asked.push('CHECK');
    return this.answers
      ? { isValid: true, words: '' }
      : { isValid: false, words: 'validate function pfn error: time out, plugin probe status' };
  }
  override async ruleStatus(): Promise<RuleStatus | null> {
    if (this.answers) this.rows += 1;
    return line(this.rows, this.rows, this.rows);
  }
  private get answers(): boolean {
    const version = this.running('probe') ?? 'hangs';
    return this.clock.now() - this.began >= this.startsAfter(version);
  }
}

const running = (version: string): CallingHost =>
  new CallingHost(version).has('probe', '1.0.0', uploadOf('1.0.0'));

async function install(host: CallingHost, version: string, limit = 90_000) {
  const [uploadName, { clock }, watcher] = [uploadOf(version), host, notingWatcher()];
  const symbols = [{ kind: 'function', name: 'pfn' }] as const;
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version, symbols },
    uploadName,
    shellParas: [],
    reinstall: false,
  });
  const change = {
    act: 'install',
    plan,
    upload: { name: uploadName, size: 3, chunks: async function* () {} },
    digest: 'aa',
    symbols,
    hasScript: false,
    watch: await beforeChange(host, plan.uses),
    config: [],
    restartRules: false,
    allowSilence: false,
  } as const;
  const signal = new AbortController().signal;
  const effects = { watcher, clock, signal, recovery: host, recoveryClock: clock, limit };
  return carryOut(host, change, effects);
}

describe('eKuiper calls a process running that hangs at its start', () => {
  it.each(['2.2.5', '2.4.0'])('eKuiper %s: the version before comes back', async (version) => {
    const host = running(version);
    await expect(install(host, '2.0.0-hangs')).rejects.toMatchObject({
      code: 'plugin-hangs',
      exit: 3,
      message: expect.stringMatching(/^probe 2\.0\.0-hangs failed on edge1:9081; probe 1\.0\.0 /),
      reason: expect.stringContaining('does not answer: its function pfn gives no answer'),
    });
    expect(host.running('probe')).toBe('1.0.0');
  });

  it('a slow start is waited for, and no failure', async () => {
    const host = running('2.4.0');
    host.startsAfter = (version) => (version === '2.0.0' ? 20_000 : 0);
    const { attempts, after } = await install(host, '2.0.0');
    expect(attempts).toBe(1);
    expect(after.notes).toEqual(['rule r answers: rows went through it']);
  });

  it('… for no longer than --timeout', async () => {
    const host = running('2.4.0');
    host.startsAfter = (version) => (version === '2.0.0' ? 20_000 : 0);
    await expect(install(host, '2.0.0', 10_000)).rejects.toMatchObject({ code: 'plugin-hangs' });
  });

  it.each([
    ['1.14.7', 'has no such handshakes'],
    ['2.0.8', 'has no such handshakes'],
  ])('eKuiper %s %s: no function is asked', async (version) => {
    const host = running(version);
    await install(host, '2.0.0');
    expect(host.asked).not.toContain('CHECK');
  });

  it('where nothing uses it, that is said', async () => {
    const host = running('2.4.0');
    host.rules = {};
    const { after } = await install(host, '2.0.0-hangs');
    expect(after.notes).toEqual([expect.stringContaining('nothing that uses it was seen at work')]);
  });
});
