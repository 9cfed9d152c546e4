import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../../../src/cli/output/style.ts';
import { candidate } from '../../../../src/deploy/install/candidate.ts';
import { type InstallResult, install } from '../../../../src/deploy/install/install.ts';
import { installPlanText } from '../../../../src/fleet/install-plan-text.ts';
import { installData } from '../../../../src/fleet/install-text.ts';
import { summarize } from '../../../../src/fleet/plan-summary.ts';
import { planText } from '../../../../src/fleet/rollout-plan-text.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { FakeHost, fakeClock, notingWatcher } from './fake-host.ts';

const warning = (file: string): Finding => ({
  rule: 'some-rule',
  severity: 'warning',
  file,
  line: 3,
  column: 1,
  length: 1,
  message: 'Something is odd',
  effect: 'eKuiper ignores it',
  hint: 'Change it',
});

const LINES = [
  'warning in the package: a.json:3: Something is odd (some-rule)',
  'warning in the package: b.json:3: Something is odd (some-rule)',
  'what to do about it: kplugin validate my.zip --target 2.4',
];

/** Installs a package with these findings and an install.sh; whoever is asked says no. */
async function asked(findings: readonly Finding[], dryRun: boolean) {
  const host = new FakeHost('2.4.0');
  const watcher = notingWatcher();
  const said: string[] = [];
  const one = candidate({
    identity: {
      name: 'probe',
      version: '1.0.0',
      language: 'python',
      executable: 'main.py',
      symbols: [],
      arch: null,
    },
    script: 'true\n',
    sourceYaml: new Map(),
    findings,
    sha256: 'ab'.repeat(32),
    contentDigest: null,
    path: '/x/my.zip',
    size: 10,
  });
  const result: InstallResult | Error = await install(
    host,
    {
      source: 'my.zip',
      cwd: '/',
      env: {},
      signal: new AbortController().signal,
      scratch: '/x',
      shellParas: [],
      force: false,
      reinstall: false,
      limit: null,
      dryRun,
    },
    {
      watcher,
      clock: fakeClock(),
      recovery: host,
      recoveryClock: fakeClock(),
      approveNoRollback: () => Promise.resolve(),
      approveScript: () => {
        said.push(...watcher.notes);
        return Promise.reject(new Error('the answer was no'));
      },
      obtain: () => Promise.resolve(one),
    },
  ).catch((error: Error) => error);
  return { result, said, notes: watcher.notes };
}

describe('what validate warns of is said before anything is sent', () => {
  it('and before the question', async () => {
    const { result, said } = await asked([warning('a.json'), warning('b.json')], false);
    expect(result).toEqual(new Error('the answer was no'));
    expect(said).toEqual(LINES);
  });

  it('in a dry run, for people and for programs, for one host and once for many', async () => {
    const { result } = await asked([warning('a.json'), warning('b.json')], true);
    if (result instanceof Error) throw result;
    const text = installPlanText(result, 'edge1', PLAIN);
    for (const line of LINES) expect(text).toContain(`  note ${line}\n`);
    expect(installData(result, 'edge1')).toMatchObject({
      dryRun: true,
      notes: LINES,
      findings: [{ file: 'a.json' }, { file: 'b.json' }],
    });
    const hosts = ['edge1', 'edge2'].map((label) => ({ label, ...result }));
    const order = { parallel: 1, canary: 1, maxFailures: 0, failed: 0 };
    const plan = planText(summarize(hosts), 'probe 1.0.0', order);
    for (const line of LINES) {
      expect(plan.split('\n').filter((one) => one.includes(line))).toEqual([
        `  note: ${line} (on edge1, edge2)`,
      ]);
    }
  });

  it('not where there is none, and a note is none', async () => {
    expect((await asked([{ ...warning('a.json'), severity: 'info' }], false)).said).toEqual([]);
  });

  it('eight of many', async () => {
    const many = Array.from({ length: 10 }, (_, at) => warning(`${at}.json`));
    const { said } = await asked(many, false);
    expect(said).toHaveLength(10);
    expect(said[8]).toBe('and 2 more');
  });
});
