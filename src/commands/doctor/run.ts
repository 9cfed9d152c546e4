import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { bold, dim, type Note, type Tone, type View } from '../../cli/output/view.ts';
import { parseTarget } from '../../cli/shared-flags.ts';
import type { Credentials } from '../../client/auth/credentials.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { examineHost, examineMachine, examineProject } from '../../doctor/examine.ts';
import { type PluginProject, readProject } from '../../doctor/facts/plugin-project.ts';
import {
  type CheckEffects,
  countLevels,
  diagnosisError,
  type Level,
  type Remark,
  remark,
  type Section,
} from '../../doctor/host/doctor-check.ts';
import { hostFacts, probeWith } from '../../doctor/host/host-facts.ts';
import { namedHosts, settingsInForce } from '../../doctor/machine/kplugin-settings.ts';
import { realMachine } from '../../doctor/real-machine.ts';
import {
  fleetError,
  fleetWith,
  type HostRead,
  hostsData,
  type ReadRow,
  readRows,
} from '../../fleet/read-fleet.ts';
import { openConnection, timeoutOf } from '../../hosts/open-connection.ts';
import type { command } from './command.ts';

const SIGN: Readonly<Record<Level, string>> = {
  ok: '✓ ok     ',
  warning: '! warning',
  error: '✗ error  ',
  skipped: '- skipped',
};

const TONE: Readonly<Record<Level, Tone>> = {
  ok: 'good',
  warning: 'warn',
  error: 'bad',
  skipped: 'dim',
};

const COLUMNS = 110;

/** The time limit of a check without `--timeout`. */
const LIMIT_MS = 15_000;

/** `kplugin doctor`: checks this machine, the plugin in the directory and hosts, all at the same time. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const label = args[0] ?? '.';
  const target = parseTarget(flags.target);
  const limit = timeoutOf(flags.timeout) ?? LIMIT_MS;
  const { hosts, remarks } = namedHosts(flags, context);
  const fleet = fleetWith(
    hosts,
    flags,
    { timeout: limit, retries: 0, reportsVersion: true },
    context,
  );
  const project = await projectAt(args[0] !== undefined, () =>
    readProject(label, context.cwd, target),
  );
  const effects = effectsOf(context);
  const machine = await realMachine({ label, python: flags.python }, context);
  const work = hostCheck({ write: flags.write, limit });
  const [rows, ...own] = await Promise.all([
    hosts.length === 0 ? [] : readRows(fleet, work, context),
    machineSection(examineMachine({ machine, project }, limit, effects), [
      ...remarks,
      ...(hosts.length === 0 ? [] : await settingsInForce(flags, machine, context)),
    ]),
    ...(project === null ? [] : [projectSection(project, limit, effects)]),
  ]);
  const sections = [...own, ...rows.map(hostSection)];
  const error = fleetError(fleet, rows, work) ?? diagnosisError(own);
  return {
    data: { counts: countLevels(sections), sections: own, hosts: hostsData(rows, work) },
    view: () => doctorViews(sections),
    ...(error === null ? { next: nextCommands(sections) } : { error }),
  };
};

async function machineSection(
  looked: Promise<Section['remarks']>,
  more: Section['remarks'],
): Promise<Section> {
  return { part: 'machine', title: 'This machine', remarks: [...(await looked), ...more] };
}

async function projectSection(
  project: PluginProject,
  limit: number,
  effects: CheckEffects,
): Promise<Section> {
  const remarks = await examineProject(project, limit, effects);
  return { part: 'project', title: `The plugin in ${project.label}`, remarks };
}

/** Without a directory argument it is not an error when there is no plugin. */
async function projectAt(
  isNamed: boolean,
  read: () => Promise<PluginProject>,
): Promise<PluginProject | null> {
  try {
    return await read();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    if (!isNamed && code === 'no-manifest') return null;
    throw thrown;
  }
}

function effectsOf({ log, signal }: Context): CheckEffects {
  return {
    signal,
    waiting: (asks) => log.info(`waiting for: ${asks.join(', ')}`),
    pause: (ms, over) => sleep(ms, undefined, { signal: over }).catch(() => {}),
  };
}

function nextCommands(sections: readonly Section[]): string[] {
  const hasHost = sections.some(({ part }) => part === 'host');
  return hasHost ? [] : ['kplugin doctor --host <host>'];
}

/** The views of the answer: a section for each part, a note for each remark, with its fix. */
export function doctorViews(sections: readonly Section[]): readonly View[] {
  return [
    ...sections.map(({ title, remarks }) => ({
      title: bold(title),
      notes: remarks.flatMap(remarkNotes),
      wrapAt: COLUMNS,
    })),
    { lines: [summary(sections)] },
  ];
}

function remarkNotes({ level, text, hint }: Remark): Note[] {
  const sign = { text: SIGN[level], tone: TONE[level] };
  const note = { label: [sign, ' '], text: plainLine(text) };
  if (hint === null) return [note];
  const [first = '', ...more] = hint.split('\n').map(plainLine);
  const label = [' '.repeat(SIGN[level].length + 2), dim('do'), ' '];
  return [note, { label, text: first, more, whole: true }];
}

function summary(sections: readonly Section[]): string {
  const { error, warning, ok, skipped } = countLevels(sections);
  const parts = [
    error === 1 ? '1 error' : `${error} errors`,
    warning === 1 ? '1 warning' : `${warning} warnings`,
    `${ok} ok`,
  ];
  return `${parts.join(', ')}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

interface HostCheckSettings {
  /** `--write` */
  readonly write: boolean;
  /** Milliseconds for each response; a check may send two requests. */
  readonly limit: number;
}

type HostCheck = Omit<HostRead<readonly Remark[]>, 'one'>;

/** Checks a host. */
function hostCheck({ write, limit }: HostCheckSettings): HostCheck {
  return {
    read: (client, { connection, clock, context }) => {
      const open = (credentials: Credentials): HostClient =>
        openConnection({ ...connection, credentials }, context, {
          timeout: limit,
          retries: 0,
          reportsVersion: true,
        });
      const facts = hostFacts({
        client,
        write,
        now: Date.now,
        clock,
        hasToken: connection.credentials.kind !== 'none',
        signs: connection.credentials.kind === 'key-file',
        probe: (token) => probeWith(token, open),
      });
      return examineHost(facts, 2 * limit, effectsOf(context));
    },
    verdict: (remarks, label) => diagnosisError([sectionOf(label, remarks)]),
    data: (remarks) => ({ remarks }),
    state: (remarks) => (remarks.some(({ level }) => level === 'error') ? 'with errors' : 'well'),
  };
}

/** The section of a host, even if its settings are invalid so that no connection was made. */
function hostSection({ label, found, error }: ReadRow<readonly Remark[]>): Section {
  const failed = error && remark('host-settings', 'error', error.message, error.hint);
  return sectionOf(label, found ?? (failed ? [failed] : []));
}

function sectionOf(label: string, remarks: readonly Remark[]): Section {
  return { part: 'host', title: `Host ${label}`, remarks };
}
