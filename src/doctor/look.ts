import type { MachineSubject } from './facts/machine.ts';
import type { PluginProject } from './facts/plugin-project.ts';
import type { Check, Remark } from './host/doctor-check.ts';
import { type CheckEffects, runChecks } from './host/doctor-check.ts';
import { settings } from './machine/kplugin-settings.ts';
import { conda, python } from './machine/python.ts';
import { running, sockets } from './machine/running.ts';
import { go, node } from './machine/toolchains.ts';
import { executable, findings, goSdk, nodeSdk, pythonSdk } from './project-checks.ts';

/** A new check of this machine is a new file and an entry here. */
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
