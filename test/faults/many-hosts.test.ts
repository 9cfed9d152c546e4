import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  type TestContext,
  test,
} from 'vitest';
import { ManyHosts } from '../e2e/rollout/many-hosts.ts';
import { Command, type Ended } from './command.ts';
import { FAULTS } from './faults.ts';
import { held } from './held.ts';
import { IS_WIDE } from './matrix.ts';
import { type Fault, FaultProxy, type Placed } from './proxy.ts';
import { isChange, type RequestKind } from './request-kind.ts';
import { type HostTold, toldOf } from './roll-out-told.ts';
import { SHORT_TIMEOUT } from './stage.ts';
import { TOKEN } from './token.ts';
import { outputWrongs } from './verdict.ts';
import { writeVersion } from './versions.ts';
import { WarmKplugin } from './warm.ts';

const NAME = 'kpbm';
const [ONE, TWO] = ['1.0.0', '2.0.0'];
/** The host in the middle: one is done before it, one comes after it. */
const MIDDLE = 1;

/** What changes something on a host, in its order: on eKuiper 1.x an update removes and creates. */
const STEPS: readonly RequestKind[] = ['upload-zip', 'upload-text', 'remove', 'create'];
/** What lasts is struck at the registration. */
const LASTING = 'reset before';
const TELLING = ['reset before', 'reset when half was answered', 'reset after', 'hangs'];
const PAGES = ['500 with HTML', 'done, and 500 with HTML'];

describe('a roll-out of which one host breaks', () => {
  let folder: string;
  let many: ManyHosts;
  let warm: WarmKplugin;
  const proxies: FaultProxy[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kplugin-faults-'));
    await mkdir(path.join(folder, 'tmp'));
    warm = new WarmKplugin(folder);
    for (const version of [ONE, TWO]) writeVersion(folder, NAME, version);
  });
  afterAll(async () => {
    warm.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    many = await ManyHosts.open(3);
    for (const { address } of many.all) proxies.push(await FaultProxy.start(`http://${address}`));
    const { code, stderr } = await warm.run(rollOut(ONE), env());
    if (code !== 0) throw new Error(`no ${ONE}: ${stderr}`);
    for (const proxy of proxies) await proxy.clear();
  });
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    await many.close();
  });

  const env = (): Record<string, string> => ({
    KPLUGIN_TOKEN: TOKEN,
    KPLUGIN_TIMEOUT: '20s',
    TMPDIR: path.join(folder, 'tmp'),
  });
  const versions = (): (string | null)[] =>
    many.all.map(({ host }) => host.list().find(({ name }) => name === NAME)?.version ?? null);
  const changes = (index: number): number =>
    proxies[index]?.seen.filter(({ kind }) => isChange(kind)).length ?? 0;
  const at = (index: number, placed: Placed): void => proxies[index]?.place(placed);
  const hits = (): number => proxies.reduce((sum, proxy) => sum + proxy.hits, 0);

  function rollOut(version: string, ...more: readonly string[]): string[] {
    const hosts = proxies.flatMap(({ host }) => ['--host', host]);
    return ['install', `${NAME}-${version}.zip`, '--json', '--parallel', '1', ...more, ...hosts];
  }

  /** Each host has one of the two versions, none only where nobody could put it back, and its line says which. */
  function judged(ended: Ended, mayBeNone = false): string[] {
    const now = versions();
    const told = toldOf(ended);
    return [
      ...outputWrongs(ended),
      ...now.flatMap((version, index) =>
        version === null && !mayBeNone ? [`host ${index + 1} has none`] : [],
      ),
      ...now.flatMap((version, index) => wrongs(told[index], version, index)),
    ];
  }

  function wrongs(told: HostTold | undefined, version: string | null, index: number): string[] {
    if (told === undefined) return [`nothing is said of host ${index + 1}`];
    const isUntouched = told.saysUntouched && version === ONE;
    return told.version === version || isUntouched
      ? []
      : [`host ${index + 1} has ${version}, and it says ${JSON.stringify(told)}`];
  }

  /** The same command again, with nothing broken: goes on, and leaves alone what is done. */
  async function goesOn(): Promise<string[]> {
    const done = versions().map((version) => version === TWO);
    for (const proxy of proxies) await proxy.clear();
    const ended = await warm.run(rollOut(TWO), env());
    const wrong = judged(ended);
    if (ended.code !== 0) wrong.push(`ended with ${ended.code}`);
    if (versions().some((version) => version !== TWO)) wrong.push(`has ${versions().join(', ')}`);
    done.forEach((isDone, index) => {
      const registers = proxies[index]?.seen.some(({ kind }) => kind === 'create') ?? false;
      if (isDone && registers) wrong.push(`host ${index + 1} was done, and is done again`);
    });
    return told(wrong, ended).map((line) => `then: ${line}`);
  }

  const told = (wrong: readonly string[], { code, stdout, stderr }: Ended): string[] =>
    wrong.length === 0 ? [] : [...wrong, `[exit ${code}] ${stdout}${stderr}`];

  const faults = FAULTS.filter(({ name }) => [...TELLING, ...PAGES].includes(name));
  const broken = STEPS.flatMap((kind) =>
    faults
      .filter(({ only }) => only?.(kind) ?? true)
      .flatMap(({ name, fault }) =>
        [1, Number.POSITIVE_INFINITY]
          .filter((times) => times === 1 || (kind === 'create' && name === LASTING) || IS_WIDE)
          .map((times) => ({ kind, name, fault, times })),
      ),
  );

  test.for(broken)('in the middle, $kind: $name, $times', async (strike, { task }) => {
    const { kind, fault, times } = strike;
    at(MIDDLE, { kind, nth: 1, times, fault });
    const ended = await warm.run(rollOut(TWO, '--timeout', SHORT_TIMEOUT), env());
    const injected = hits();
    const wrong = judged(ended, times !== 1);
    const [first, , last] = versions();
    if (first !== TWO) wrong.push('the host before it was not done');
    // None may fail, so the next one is left alone where this one did.
    const stops = toldOf(ended)[MIDDLE]?.ok !== true;
    if (last !== (stops ? ONE : TWO) || (stops && changes(2) > 0)) wrong.push(`the last: ${last}`);
    if (stops === (ended.code === 0)) wrong.push(`ended with ${ended.code}`);
    check(task, injected, [...told(wrong, ended), ...(await goesOn())]);
  });

  const signals = STEPS.flatMap((kind) =>
    (['before', 'after'] as const).flatMap((moment) => [
      { kind, signal: 'SIGINT' as const, moment, index: 0 },
      { kind, signal: 'SIGKILL' as const, moment, index: MIDDLE },
    ]),
  );

  test.for(signals)('$signal $moment $kind of host $index', async (strike, { task }) => {
    const { kind, signal, moment, index } = strike;
    const pause = held(moment);
    at(index, { kind, nth: 1, times: 1, fault: pause.fault satisfies Fault });
    const command = new Command(rollOut(TWO, '--canary', '1'), folder, env());
    await Promise.race([pause.reached, command.ended]);
    const injected = hits();
    command.signal(signal);
    if (signal === 'SIGKILL') await command.ended;
    pause.letGo();
    const ended = await command.ended;
    const wrong = signal === 'SIGINT' ? judged(ended) : [];
    // Between the two, whoever is killed can put nothing back.
    const mayBeNone = signal === 'SIGKILL' && (kind === 'remove' || kind === 'create');
    if (versions().includes(null) && !mayBeNone) wrong.push(`has ${versions().join(', ')}`);
    if (changes(2) > 0) wrong.push('the last one was begun');
    if (signal === 'SIGINT' && ended.code !== 130) wrong.push(`ended with ${ended.code}`);
    await rm(path.join(folder, 'tmp'), { recursive: true });
    await mkdir(path.join(folder, 'tmp'));
    check(task, injected, [...told(wrong, ended), ...(await goesOn())]);
  });

  function check({ meta }: TestContext['task'], injected: number, wrong: readonly string[]): void {
    // Counted by test/reporting/faults-line.ts.
    meta.injected = injected;
    expect(wrong.join('\n')).toBe('');
    expect(injected, 'the fault never struck').toBeGreaterThan(0);
  }
});
