import type { Ended } from './command.ts';
import { FAULTS } from './faults.ts';
import type { Case, Played } from './playing.ts';
import type { Seen } from './proxy.ts';
import { isChange, type RequestKind } from './request-kind.ts';
import { SHORT_TIMEOUT, Stage } from './stage.ts';
import { running } from './truth.ts';
import { admits, type Demand, outputWrongs, verdict } from './verdict.ts';
import type { Manner } from './versions.ts';

/** Something that kplugin is asked to do. */
export interface Operation {
  readonly name: string;
  /** Whether 1.0.0 runs before it. */
  readonly isUpdate: boolean;
  /** Of 2.0.0, the version that is to be installed. */
  readonly manner: Manner;
  /** The request from which on it differs from the operations before; left out: from the first. */
  readonly from?: RequestKind;
}

export const UPDATE: Operation = { name: 'update', isUpdate: true, manner: 'good' };
export const FIRST: Operation = { name: 'first installation', isUpdate: false, manner: 'good' };
export const UPDATE_THAT_DIES: Operation = {
  name: 'update that dies',
  isUpdate: true,
  manner: 'dies',
  from: 'update',
};

export const OPERATIONS: readonly Operation[] = [UPDATE, FIRST, UPDATE_THAT_DIES];

/** Everything at every request, once, twice and for ever, each by a kplugin of its own; else see {@link strikes}. */
export const IS_WIDE = process.env['KPLUGIN_FAULTS'] === 'all';

/** Does it once without a fault; resolves to the requests that it took, in their order. */
export async function record(operation: Operation): Promise<readonly Seen[]> {
  const stage = await Stage.open('kpfr');
  try {
    await perform(stage, operation);
    return [...stage.proxy.seen];
  } finally {
    await stage.close();
  }
}

interface Setting {
  /** Breaks what it has to, once everything is ready. */
  readonly place?: () => Promise<void> | void;
  readonly args?: readonly string[];
  /** Whether it takes a kplugin of its own, not one that is kept warm. */
  readonly isOwn?: boolean;
}

async function perform(
  stage: Stage,
  { isUpdate, manner }: Operation,
  { place, args = [], isOwn = false }: Setting = {},
): Promise<Ended> {
  await (isUpdate ? stage.installed() : stage.fresh());
  const file = stage.write('2.0.0', manner);
  await place?.();
  const all = ['install', file, ...args];
  return isOwn || IS_WIDE ? stage.start(all).ended : stage.run(all);
}

/** How often a fault strikes. */
interface Persistence {
  readonly name: string;
  readonly times: number;
}

const ONCE: Persistence = { name: 'once', times: 1 };
const TWICE: Persistence = { name: 'twice', times: 2 };
const FOR_EVER: Persistence = { name: 'for ever', times: Number.POSITIVE_INFINITY };

/** What tells most about a fault that lasts. */
const LASTING = ['reset before', 'hangs', '500 with HTML'];

/** Every fault that an operation can meet, at each of its requests. */
export function casesOf(operation: Operation, recorded: readonly Seen[]): Case[] {
  const known = new Set<string>();
  return places(operation, recorded).flatMap((seen) =>
    [...strikes(recorded, seen), ...refusals(recorded, seen)].map((strike): Case => {
      // One of each kind by the real thing.
      const isOwn = !known.has(strike.name);
      known.add(strike.name);
      return {
        name: `${operation.name}, ${seen.kind} ${seen.nth}: ${strike.name}`,
        play: (stage) => played(stage, operation, strike, isOwn),
      };
    }),
  );
}

/** The requests to strike; of the same question in a row only the first. */
function places({ from }: Operation, recorded: readonly Seen[]): readonly Seen[] {
  const first = recorded.findIndex(({ kind }) => kind === from);
  return recorded
    .slice(Math.max(0, first))
    .filter(({ kind }, at, all) => IS_WIDE || kind !== all[at - 1]?.kind);
}

/** A fault, or a few of a kind, for one request. */
interface Strike {
  readonly name: string;
  readonly place: (stage: Stage) => Promise<void> | void;
  readonly lasting: boolean;
  /** Whether it has to come about all the same, where the version is good. */
  readonly harmless: boolean;
  /** Whether kplugin learns of it only by waiting in vain. */
  readonly isSilent: boolean;
}

/**
 * What belongs to every request strikes at every request. What proxies and hosts answer, and what lasts, strikes where
 * it matters: at what changes something, and from then on.
 */
function strikes(recorded: readonly Seen[], seen: Seen): Strike[] {
  const { kind, nth } = seen;
  const isLate = hasBegun(recorded, seen);
  return FAULTS.filter(({ only, usual }) => {
    if (only !== undefined) return only(kind);
    return IS_WIDE || usual !== true || isChange(kind);
  }).flatMap(({ name, fault, harmless = false }) =>
    persistences(name, isLate).map(({ name: often, times }) => ({
      name: `${name}, ${often}`,
      place: (stage: Stage) => stage.proxy.place({ kind, nth, times, fault }),
      lasting: times === Number.POSITIVE_INFINITY,
      harmless,
      isSilent: /hangs/.test(name),
    })),
  );
}

/** Whether something was changed before this request, or by it. */
function hasBegun(recorded: readonly Seen[], { kind, nth }: Seen): boolean {
  const at = recorded.findIndex((one) => one.kind === kind && one.nth === nth);
  return recorded.slice(0, at + 1).some((one) => isChange(one.kind));
}

function persistences(name: string, isLate: boolean): readonly Persistence[] {
  if (IS_WIDE) return [ONCE, TWICE, FOR_EVER];
  return isLate && LASTING.includes(name) ? [ONCE, FOR_EVER] : [ONCE];
}

/** Nothing listens any more from some request on: for a while, as when the host is started again, and for ever. */
function refusals(recorded: readonly Seen[], seen: Seen): Strike[] {
  const at = recorded.findIndex(({ kind, nth }) => kind === seen.kind && nth === seen.nth);
  return [700, null].map((ms) => ({
    name: `connection refused, ${ms === null ? 'for ever' : 'for a while'}`,
    place: (stage: Stage) => stage.proxy.refuseAfter(at, ms),
    lasting: ms === null,
    harmless: false,
    isSilent: false,
  }));
}

async function played(
  stage: Stage,
  operation: Operation,
  { place, lasting, harmless, isSilent }: Strike,
  isOwn: boolean,
): Promise<Played> {
  const args = lasting || isSilent ? ['--timeout', SHORT_TIMEOUT] : [];
  const ended = await perform(stage, operation, { place: () => place(stage), args, isOwn });
  const before = operation.isUpdate ? '1.0.0' : null;
  const injected = stage.proxy.hits;
  const done = harmless && operation.manner === 'good';
  const demand = { wanted: '2.0.0', before, lasting, done };
  if (!lasting || running(await stage.settledTruth(1500)) !== null) {
    return { injected, wrong: await verdict(stage, ended, demand) };
  }
  return { injected, wrong: await fixed(stage, operation.manner, ended, demand) };
}

/** What nobody can restored while the fault lasts has to be said, and to be restored by the same command later. */
async function fixed(
  stage: Stage,
  manner: Manner,
  first: Ended,
  demand: Demand,
): Promise<string[]> {
  const wrong = [...outputWrongs(first)];
  if (!admits(first, stage.name, demand))
    wrong.push(`does not say that nothing runs: ${first.stdout}${first.stderr}`);
  await stage.proxy.clear();
  const second = await stage.run(['install', stage.write(demand.wanted, manner)]);
  return [...wrong, ...(await verdict(stage, second, { ...demand, lasting: false }))];
}
