import { describe, expect, it } from 'vitest';
import { installationView } from '../../../../src/commands/install/run.ts';
import { planInstallation } from '../../../../src/deploy/install/install.ts';
import { candidate } from '../../../../src/deploy/install/obtain.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { plain } from '../../../fixtures/plain.ts';
import { FakeHost, fakeClock, notingWatcher } from '../../deploy/change/fake-host.ts';
import { hostNamed } from '../host-named.ts';

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

/** The plan of installing a package with these findings. */
async function planned(findings: readonly Finding[]) {
  const host = new FakeHost('2.4.0');
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
    notes: [],
    sha256: 'ab'.repeat(32),
    contentDigest: null,
    path: '/x/my.zip',
    size: 10,
  });
  const request = {
    source: 'my.zip',
    cwd: '/',
    env: {},
    scratch: '/x',
    shellParas: [],
    force: false,
    reinstall: false,
    limit: null,
    applyConfig: false,
    restartRules: false,
    allowSilence: false,
  };
  return planInstallation(host, request, {
    watcher: notingWatcher(),
    clock: fakeClock(),
    signal: new AbortController().signal,
    obtain: () => Promise.resolve(one),
  });
}

describe('what validate warns of is said before anything is sent', () => {
  it('in the plan, for people and for programs, for one host and once for many', async () => {
    const plan = await planned([warning('a.json'), warning('b.json')]);
    const view = installationView();
    expect(view.before(plan)).toEqual(LINES.map((line) => `note: ${line}`));
    const text = plain(view.planned(plan, 'edge1'));
    for (const line of LINES) expect(text).toContain(`  note ${line}\n`);
    expect(view.planRow('edge1', plan).data).toMatchObject({
      notes: LINES,
      findings: [{ file: 'a.json' }, { file: 'b.json' }],
    });
    const hosts = ['edge1', 'edge2'].map((label) => ({ host: hostNamed(label), label, plan }));
    const plans = view.plans(hosts, { parallel: 1, canary: 1, maxFailures: 0, failed: 0 });
    for (const line of LINES) {
      expect(
        plain(plans)
          .split('\n')
          .filter((one) => one.includes(line)),
      ).toEqual([`  note: ${line} (on edge1, edge2)`]);
    }
  });

  it('not where there is none, and a note is none', async () => {
    expect((await planned([{ ...warning('a.json'), severity: 'info' }])).warned).toEqual([]);
  });

  it('eight of many', async () => {
    const many = Array.from({ length: 10 }, (_, at) => warning(`${at}.json`));
    const { warned } = await planned(many);
    expect(warned).toHaveLength(10);
    expect(warned[8]).toBe('and 2 more');
  });
});
