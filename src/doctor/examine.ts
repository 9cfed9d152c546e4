import type { MachineSubject } from './facts/machine.ts';
import type { PluginProject } from './facts/plugin-project.ts';
import { access, sampleKey } from './host/checks/access.ts';
import { defects } from './host/checks/defects.ts';
import { downloads, uploads } from './host/checks/package-ways.ts';
import {
  deadPlugins,
  hostPython,
  sharedSymbols,
  troubledRules,
} from './host/checks/plugin-state.ts';
import { clock, reached } from './host/checks/reached.ts';
import { registrations } from './host/checks/registrations.ts';
import {
  type Check,
  type CheckEffects,
  listed,
  type Remark,
  remark,
  runChecks,
} from './host/doctor-check.ts';
import type { HostFacts } from './host/host-facts.ts';
import { settings } from './machine/kplugin-settings.ts';
import { conda, python } from './machine/python.ts';
import { running, sockets } from './machine/running.ts';
import { go, node } from './machine/toolchains.ts';
import { executable, findings, goSdk, nodeSdk, pythonSdk } from './project-checks.ts';

const MACHINE: readonly Check<MachineSubject>[] = [
  node,
  python,
  go,
  conda,
  sockets,
  running,
  settings,
];

const PROJECT: readonly Check<PluginProject>[] = [findings, executable, pythonSdk, goSdk, nodeSdk];

/** Checks of what a host shows without a token. */
const OPEN: readonly Check<HostFacts>[] = [clock, sampleKey];

/** Checks of what it shows only with access. */
const CLOSED: readonly Check<HostFacts>[] = [
  deadPlugins,
  troubledRules,
  sharedSymbols,
  registrations,
  uploads,
  downloads,
  hostPython,
];

/** Checks by the version alone. They come last, because they apply to every host of that version. */
const KNOWN: readonly Check<HostFacts>[] = [defects];

/** Runs all checks of this machine. `limit`: milliseconds per check. */
export function examineMachine(
  subject: MachineSubject,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  return runChecks(MACHINE, subject, limit, effects);
}

/** Runs all checks of the plugin in the directory. */
export function examineProject(
  project: PluginProject,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  return runChecks(PROJECT, project, limit, effects);
}

/**
 * Runs all checks of a host. Reads only, unless `facts.write`. `limit`: milliseconds per check. In steps, because each
 * step decides whether the next one can be run: is the host reached, is access granted, what is its state.
 */
export async function examineHost(
  facts: HostFacts,
  limit: number,
  effects: CheckEffects,
): Promise<readonly Remark[]> {
  const look = (checks: readonly Check<HostFacts>[]): Promise<readonly Remark[]> =>
    runChecks(checks, facts, limit, effects);
  const there = await look([reached]);
  if (hasError(there)) {
    return [
      ...there,
      notAsked([access, ...OPEN, ...CLOSED, ...KNOWN], 'nothing can be asked of it'),
    ];
  }
  const [door, open] = await Promise.all([look([access]), look(OPEN)]);
  const inside = hasError(door)
    ? [notAsked(CLOSED, 'it does not let kplugin in')]
    : await look(CLOSED);
  return [...there, ...door, ...open, ...inside, ...(await look(KNOWN))];
}

function hasError(remarks: readonly Remark[]): boolean {
  return remarks.some(({ level }) => level === 'error');
}

function notAsked(checks: readonly Check<HostFacts>[], why: string): Remark {
  const asks = listed(
    checks.map((check) => check.asks),
    checks.length,
  );
  return remark('host-rest', 'skipped', `not looked at, because ${why}: ${asks}`);
}
