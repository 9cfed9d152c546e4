import { describe, expect, it } from 'vitest';
import { failureView } from '../../../../src/cli/failure.ts';
import { HostFailure } from '../../../../src/client/http/host-failure.ts';
import { afterOf } from '../../../../src/deploy/change/after-failure.ts';
import { leave } from '../../../../src/deploy/change/carry-out.ts';
import type { ChangeAct } from '../../../../src/deploy/change/change.ts';
import { failedChange } from '../../../../src/deploy/change/failed-change.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import type { FailedChangeFacts, Restored } from '../../../../src/deploy/change/restore.ts';
import { EXIT, type KpluginError } from '../../../../src/model/error.ts';
import { plain } from '../../../fixtures/plain.ts';
import { ENDINGS } from './endings.ts';
import { FakeHost, hostFailure } from './fake-host.ts';

const WORDS = 'portable plugin update command error: control handshake error: receive time out';

const refused = new HostFailure({
  kind: 'refused',
  status: 400,
  words: WORDS,
  message: `edge1:9081 refused to update plugin kpcop: ${WORDS}`,
  reason: 'the program did not report back',
  hint: 'correct the program, then install it again',
});

async function planned(
  fresh: boolean,
  version = '1.2.0',
  dead = false,
): Promise<FailedChangeFacts['plan']> {
  const host = new FakeHost('2.4.0');
  if (dead) host.statuses = [{ state: 'error', error: 'exit status 3' }];
  if (!fresh) host.has('kpcop', '1.1.0', 'kpcop-1.1.0-11111111.zip');
  return planInstall(host, {
    plugin: { name: 'kpcop', version, symbols: [] },
    uploadName: `kpcop-${version}-22222222.zip`,
    shellParas: [],
    reinstall: false,
  });
}

async function told(act: ChangeAct, fresh = false, dead = false): Promise<FailedChangeFacts> {
  const plan = await planned(fresh, act === 'restart' ? '1.1.0' : '1.2.0', dead);
  return { client: new FakeHost('2.4.0'), plan, act, cause: 'refused' };
}

const RULES = {
  verdicts: [
    {
      rule: 'r1',
      state: 'answers' as const,
      words: '',
      failedBefore: false,
      rowsBefore: true,
      cameIn: true,
    },
  ],
  notes: ['rule r1 answers: rows went through it'],
};

function shown(name: string, error: KpluginError): string {
  const after = JSON.stringify(afterOf(error));
  return `# ${name}\n${plain(failureView(error, false))}after ${after}\n`;
}

describe('what is said of a change that failed, for each of its endings', () => {
  it.each(['install', 'rollback', 'restart'] as const)('%s', async (act) => {
    const texts = await Promise.all(
      ENDINGS.map(async ({ name, restored, fresh, dead }) => {
        const rules = restored.state === 'back' ? RULES : undefined;
        return shown(name, failedChange(refused, restored, await told(act, fresh, dead), rules));
      }),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot(`golden/${act}-failed.txt`);
  });

  it('interrupted', async () => {
    const texts = await Promise.all(
      ENDINGS.map(async ({ name, restored, fresh, dead }) => {
        const at = { ...(await told('install', fresh, dead)), cause: 'unwanted' } as const;
        return shown(name, failedChange(new Error('aborted'), restored, at));
      }),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('golden/interrupted.txt');
  });

  it('failed, and interrupted while it was restored', async () => {
    const texts = await Promise.all(
      ENDINGS.filter(({ name }) => ['back', 'lost'].includes(name)).map(async (ending) => {
        const at = { ...(await told('install')), isInterrupted: true };
        const error = failedChange(refused, ending.restored, at);
        expect(error).toMatchObject({
          exit: EXIT.interrupted,
          data: { words: WORDS, status: 400 },
        });
        return shown(ending.name, error);
      }),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('golden/failed-and-interrupted.txt');
  });

  it.each(ENDINGS)(
    '$name: nothing the host said is lost, and the cause comes first',
    async (one) => {
      const { restored, fresh = false } = one;
      const error = failedChange(refused, restored, await told('install', fresh));
      const said = failuresOf(restored).flatMap(({ message, reason }) =>
        reason === null ? [message] : [message, reason],
      );
      const parts = [refused.message, refused.reason ?? '', ...said];
      const places = parts.map((part) => error.reason?.indexOf(part) ?? -1);
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(error).toMatchObject({
        words: WORDS,
        status: 400,
        code: 'host-refused',
        kind: 'refused',
      });
      expect(error.message.length).toBeLessThan(160);
    },
  );
});

function failuresOf(restored: Restored): readonly HostFailure[] {
  const { failures = [] } = 'failures' in restored ? restored : {};
  return failures.map(({ failure }) => failure);
}

describe('what is no refusal', () => {
  const back = ENDINGS.find(({ name }) => name === 'back')?.restored;
  if (back === undefined) throw new Error('no such ending');

  it('a bug stays one, and what runs now is said with it', async () => {
    expect(failedChange(new TypeError('x'), back, await told('install'))).toMatchObject({
      code: 'bug',
      exit: EXIT.bug,
      message: 'kplugin failed unexpectedly: x; kpcop 1.1.0 runs again',
    });
  });

  it('the same version again is told apart from the one before', async () => {
    const duplicate = { ...(await told('install')), plan: await planned(false, '1.1.0') };
    expect(failedChange(refused, back, duplicate).message).toBe(
      'kpcop 1.1.0 failed on edge1:9081; kpcop 1.1.0 runs again: the package from before',
    );
  });

  it('before anything was registered', async () => {
    const signal = new AbortController().signal;
    const at = { act: 'install', recovery: new FakeHost('2.4.0'), signal } as const;
    const first = await leave(refused, { ...at, plan: await planned(true) });
    expect(first.message).toBe(
      'kpcop 1.2.0 failed on edge1:9081; edge1:9081 has no kpcop, as before',
    );
    const there = new FakeHost('2.4.0').has('kpcop', '1.1.0', 'kpcop-1.1.0-11111111.zip');
    const withOld = { ...at, recovery: there };
    const update = await leave(refused, { ...withOld, plan: await planned(false) });
    expect(update.message).toBe('kpcop 1.2.0 failed on edge1:9081; kpcop 1.1.0 runs as before');
    const stopped = await leave(refused, {
      ...withOld,
      plan: await planned(false),
      signal: AbortSignal.abort(),
    });
    expect(stopped).toMatchObject({
      exit: EXIT.interrupted,
      message:
        'interrupted while edge1:9081 was installing kpcop 1.2.0; kpcop 1.1.0 runs as before',
    });
  });

  it('before anything was registered, on a host that does not answer: nothing is claimed', async () => {
    const recovery = new FakeHost('2.4.0');
    recovery.outages = [hostFailure('unreachable', 'nothing listens')];
    const signal = new AbortController().signal;
    const plan = await planned(false);
    const failure = await leave(refused, { act: 'install', recovery, signal, plan });
    expect(failure).toMatchObject({
      message:
        'what edge1:9081 has of kpcop now is NOT known: it does not answer; kpcop 1.2.0 failed',
      data: { after: { state: 'lost', known: false } },
    });
  });
});
