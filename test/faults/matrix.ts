import type { Ended } from './command.ts';
import { FAULTS, type NamedFault } from './faults.ts';
import type { Case, Played } from './playing.ts';
import type { Seen } from './proxy.ts';
import type { RequestKind } from './request-kind.ts';
import { Stage } from './stage.ts';
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

export const OPERATIONS: readonly Operation[] = [
  { name: 'update', isUpdate: true, manner: 'good' },
  { name: 'first installation', isUpdate: false, manner: 'good', from: 'upload-zip' },
  { name: 'update that dies', isUpdate: true, manner: 'dies', from: 'update' },
];

/** Every fault at every request, once, twice and for ever; else at the first of each kind. */
const IS_WIDE = process.env['KPLUGIN_FAULTS'] === 'all';

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

async function perform(
  stage: Stage,
  { isUpdate, manner }: Operation,
  place?: () => Promise<void> | void,
) {
  await (isUpdate ? stage.installed() : stage.fresh());
  const file = stage.write('2.0.0', manner);
  await place?.();
  return stage.run(['install', file]);
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
const LASTING = ['reset before', 'hangs', '500 with HTML', '502', '503'];

/** Every fault at every kind of request of an operation. */
export function casesOf(operation: Operation, recorded: readonly Seen[]): Case[] {
  const broken = places(operation, recorded).flatMap((seen) =>
    FAULTS.filter(({ only }) => only?.(seen.kind) ?? true).flatMap((fault) =>
      persistences(fault).map((persistence) => struckCase(operation, seen, fault, persistence)),
    ),
  );
  return [...broken, ...refusedCases(operation, recorded)];
}

function persistences({ name }: NamedFault): readonly Persistence[] {
  if (IS_WIDE) return [ONCE, TWICE, FOR_EVER];
  return LASTING.includes(name) ? [ONCE, FOR_EVER] : [ONCE];
}

function places({ from }: Operation, recorded: readonly Seen[]): readonly Seen[] {
  if (IS_WIDE) return recorded;
  const first = Math.max(
    0,
    recorded.findIndex(({ kind }) => kind === from),
  );
  return recorded
    .slice(first)
    .filter(({ kind }, at, all) => all.findIndex((other) => other.kind === kind) === at);
}

function struckCase(
  operation: Operation,
  { kind, nth }: Seen,
  { name, fault, harmless }: NamedFault,
  { name: often, times }: Persistence,
): Case {
  const lasting = times === Number.POSITIVE_INFINITY;
  const done = harmless === true && operation.manner === 'good';
  return {
    name: `${operation.name}, ${kind} ${nth}: ${name}, ${often}`,
    play: (stage) =>
      played(stage, operation, { lasting, done }, () =>
        stage.proxy.place({ kind, nth, times, fault }),
      ),
  };
}

/** Nothing listens any more from some request on: for a while, as when the host is started again, and for ever. */
function refusedCases(operation: Operation, recorded: readonly Seen[]): Case[] {
  return places(operation, recorded).flatMap(({ kind, nth }) => {
    const at = recorded.findIndex((seen) => seen.kind === kind && seen.nth === nth);
    return [700, null].map((ms) => ({
      name: `${operation.name}, ${kind} ${nth}: connection refused, ${ms === null ? 'for ever' : 'for a while'}`,
      play: (stage: Stage) =>
        played(stage, operation, { lasting: ms === null }, () => stage.proxy.refuseAfter(at, ms)),
    }));
  });
}

async function played(
  stage: Stage,
  operation: Operation,
  demand: { readonly lasting: boolean; readonly done?: boolean },
  place: () => Promise<void> | void,
): Promise<Played> {
  const ended = await perform(stage, operation, place);
  const before = operation.isUpdate ? '1.0.0' : null;
  const injected = stage.proxy.hits;
  const demands = { wanted: '2.0.0', before, ...demand };
  if (!demand.lasting || running(await stage.settledTruth(1500)) !== null) {
    return { injected, wrong: await verdict(stage, ended, demands) };
  }
  return { injected, wrong: await mended(stage, operation.manner, ended, demands) };
}

/** What nobody can put right while the fault lasts has to be said, and to be put right by the same command later. */
async function mended(
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
