import type { HostInfo, Registration } from '../../client/answers.ts';
import type { Clock } from '../../client/clock.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { pluginAt } from '../../model/shell-word.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import { type Health, isUpdateAccident } from '../health.ts';
import { isSameRegistration } from '../record/host-record.ts';
import { uploadNameOf } from '../record/upload-name.ts';
import { calledFunctions, functionsAnswer } from '../rules/asking.ts';
import { ALIVE, healthByRows, mayBeLate } from '../rules/proof-by-rows.ts';
import { NOT_COUNTED, ruleUses } from '../rules/rule-uses.ts';
import { watchRules } from '../rules/rule-watch.ts';
import type { ChangeRun, InstallWatcher, RegisterResult } from './change.ts';
import { lostAnswer, notRunning } from './failed.ts';
import { type InstallPlan, symbolChanges } from './plan.ts';
import { outcomeOf, waitUntilSettled } from './settle.ts';

/**
 * How often a killed plugin is registered again. An update can kill the new process: on 2.0 every second time
 * (docs/ekuiper.md#killed-by-an-update). The same was seen on 2.4.0 after the plugin had crashed under a rule, and
 * under rules that use its sinks: there the new process can also find the sockets of the old one in use, and the next
 * registration kills it. The registration after that starts it.
 */
const RETRIES = 3;

/** Milliseconds. A lost function shows after 5 s; a source that works sends rows before that. */
const LIFE = 6000;

/**
 * Milliseconds. A killed process ends within milliseconds; on a busy machine it was seen to take longer than an
 * update.
 */
const TIME_TO_DIE = 2000;

const ANSWERS =
  'its functions answer; what eKuiper reports is the end of the previous process, reported late';

export interface RegisterRequest {
  readonly client: HostClient;
  readonly info: HostInfo;
  readonly clock: Clock;
  readonly watcher: InstallWatcher;
  readonly registration: Registration;
  /** The present registration; null when there is none or it is not known. */
  readonly before: Registration | null;
  /** Whether the host has a plugin of that name. */
  readonly isThere: boolean;
  /** Whether the package has an install.sh, which may run for minutes. */
  readonly hasScript: boolean;
  /** Milliseconds for one request. */
  readonly limit: number;
}

/**
 * Registers a package and waits until it runs, with the requests that this eKuiper version needs. Throws HostFailure;
 * what the host has after a failure is not read here.
 */
export async function registerAndWait(request: RegisterRequest): Promise<RegisterResult> {
  const { client, info, watcher, registration, isThere } = request;
  let answerLost = false;
  for (let attempts = 1; ; attempts += 1) {
    watcher.waiting(waitsFor(request, attempts), request.limit);
    try {
      answerLost = !(await registered(request, isThere || attempts > 1)) || answerLost;
      const health = await waitUntilSettled(client, info, registration.name, request);
      if (isWell(health)) return { health, answerLost, attempts };
      const killed = isThere && isUpdateAccident(health);
      const isLast = attempts > RETRIES;
      const truth = killed ? await healthAfterAll(request, health, isLast) : health;
      if (isWell(truth)) return { health: truth, answerLost, attempts };
      if (!killed || isLast) throw notRunning(client, registration.name, health);
    } finally {
      watcher.settled();
    }
  }
}

/**
 * What functions or rows show of a plugin that is reported as killed. `isLast`: it is not registered again, so a slow
 * start is waited for.
 */
async function healthAfterAll(
  request: RegisterRequest,
  health: Health,
  isLast: boolean,
): Promise<Health> {
  const { client, info, registration, clock, limit } = request;
  const plugin = mayBeLate(health, info) ? await client.plugin(registration.name) : null;
  if (plugin === null) return health;
  const uses = ruleUses(await client.exported(), plugin, NOT_COUNTED);
  const { rules } = await watchRules(client, uses);
  const functions = calledFunctions(uses, rules);
  const timing = { clock, limit: isLast ? limit : 0 };
  if ((await functionsAnswer(client, functions, timing)) === 'answers') {
    return { ...health, ...ALIVE, meaning: ANSWERS };
  }
  return healthByRows(client, { info, health, uses }, { clock, limit: LIFE });
}

/** Whether nothing indicates that the plugin does not run. */
export function isWell(health: Health): boolean {
  return health.state === 'running' || health.state === 'unknown';
}

function waitsFor({ info, registration, hasScript }: RegisterRequest, attempts: number): string {
  const again = attempts > 1 ? ' once more (the update killed its process)' : '';
  if (hasScript) return `for install.sh and ${registration.name} to start${again}`;
  return has(info.version, 'reports-status')
    ? `for ${registration.name} to start${again}`
    : `for eKuiper to unpack ${registration.name}${again}`;
}

/** Registers once. Resolves to false when the connection was lost and the registration was verified on the host. */
async function registered(request: RegisterRequest, isThere: boolean): Promise<boolean> {
  try {
    await send(request, isThere);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || !thrown.unsettled) throw thrown;
    await untilKnown(request, thrown);
    return false;
  }
}

/**
 * POST for a new plugin, PUT for an installed one; before 2.0 see {@link replace}. Source: docs/ekuiper.md#plugin-api.
 */
async function send(request: RegisterRequest, isThere: boolean): Promise<void> {
  const { client, info, registration, limit } = request;
  if (!isThere) return client.create(registration, limit);
  return has(info.version, 'reports-status')
    ? client.update(registration, limit)
    : replace(request);
}

/**
 * Replaces a plugin by DELETE, a pause, and POST. On 1.x a PUT kills the old process, and starts the new one only if
 * it has noticed by then that the old one has ended. This is a race: on 1.14.7 one PUT mostly left no process; a
 * second PUT immediately after it started the process or came too early, and a later one killed the process that the
 * first had started (docs/ekuiper.md#killed-by-an-update, runtime/plugin_ins_manager.go getOrStartProcess). Before 1.8
 * there is no PUT.
 */
export async function replace({
  client,
  registration,
  limit,
  clock,
}: Pick<RegisterRequest, 'client' | 'registration' | 'limit' | 'clock'>): Promise<void> {
  await client.remove(registration.name);
  await clock.pause(TIME_TO_DIE);
  await client.create(registration, limit);
}

/**
 * Returns when a request whose answer was lost was carried out. Throws when it was not, or when that is not known in
 * time.
 */
async function untilKnown(request: RegisterRequest, failure: HostFailure): Promise<void> {
  const { client, info, registration, watcher, clock, limit, before, hasScript } = request;
  watcher.waiting(`${failure.message}; asking whether it got there`, limit);
  const timing = { clock, limit, before, patient: hasScript };
  const outcome = await outcomeOf(client, info, registration, timing);
  if (outcome !== 'done') throw lostAnswer(client, failure, outcome);
}

/** The step of a change that checks that the wanted package runs. Throws as {@link verify}. */
export async function verifyWanted({ client, plan, wanted, symbols }: ChangeRun): Promise<object> {
  await verify(client, plan.info, wanted, symbols);
  return {};
}

/**
 * Checks that the plugin has this registration and that the host has its symbols. `symbols`: declared by the package;
 * null when they are not known. Resolves to the registration of every plugin. Throws HostFailure; `conflicting` when
 * another client has registered another package meanwhile.
 */
export async function verify(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  symbols: readonly PluginSymbol[] | null,
): Promise<ReadonlyMap<string, Registration>> {
  const { name } = wanted;
  const plugin = await client.plugin(name);
  const all = has(info.version, 'exports-registrations')
    ? await client.registrations()
    : new Map<string, Registration>();
  if (plugin === null) throw conflicting(client, name, null);
  refuseOther(client, info, wanted, all);
  if (symbols === null) return all;
  const { added, removed } = symbolChanges(plugin, { name, symbols });
  const odd = [...added, ...removed].map(({ kind, name: symbol }) => `${kind} ${symbol}`);
  if (odd.length > 0) throw otherSymbols(client, name, odd);
  return all;
}

/**
 * Throws HostFailure `conflicting` when a plugin has another registration than the expected one; does nothing where
 * the host does not export registrations.
 */
export function refuseOther(
  client: HostClient,
  info: HostInfo,
  wanted: Registration,
  all: ReadonlyMap<string, Registration>,
): void {
  const now = all.get(wanted.name) ?? null;
  if (!has(info.version, 'exports-registrations') || isSameRegistration(now, wanted)) return;
  throw conflicting(client, wanted.name, now);
}

/**
 * Throws HostFailure `conflicting` when the plugin was installed from another package since the plan was made (a
 * prompt and an upload take time): this change would replace it, and the rollback would not restore it.
 */
export async function refuseMeanwhile(
  client: HostClient,
  { info, name, present }: Pick<InstallPlan, 'info' | 'name' | 'present'>,
): Promise<void> {
  if (!has(info.version, 'exports-registrations')) return;
  const now = (await client.registrations()).get(name) ?? null;
  if (!isSameRegistration(now, present?.registration ?? null)) throw conflicting(client, name, now);
}

function conflicting(client: HostClient, name: string, now: Registration | null): HostFailure {
  const host = client.address.label;
  const what = now === null ? 'took it away' : `registered ${plainLine(uploadNameOf(now.file))}`;
  return new HostFailure({
    kind: 'refused',
    code: 'conflicting',
    message: `somebody else ${what} on ${host} while ${name} was being installed`,
    reason: 'in eKuiper the last registration wins; kplugin does not register over it',
    hint: `see what is there: kplugin describe ${pluginAt(name, host)}`,
  });
}

function otherSymbols(client: HostClient, name: string, odd: readonly string[]): HostFailure {
  return new HostFailure({
    kind: 'refused',
    code: 'other-symbols',
    message: `${client.address.label} has ${name} with other symbols than the package declares: ${odd.join(', ')}`,
    reason: 'the manifest in the zip differs from the one that was validated',
    hint: 'pack it again and install that',
  });
}
