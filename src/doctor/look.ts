import type { MachineSubject } from './facts/machine.ts';
import type { PluginProject } from './facts/plugin-project.ts';
import type { Check, Remark } from './host/check.ts';
import { type CheckEffects, runChecks } from './host/run-checks.ts';
import { conda } from './machine/conda.ts';
import { go } from './machine/go.ts';
import { node } from './machine/node.ts';
import { python } from './machine/python.ts';
import { running } from './machine/running.ts';
import { settings } from './machine/settings.ts';
import { sockets } from './machine/sockets.ts';
import { executable } from './project/executable.ts';
import { findings } from './project/findings.ts';
import { goSdk } from './project/go-sdk.ts';
import { nodeSdk } from './project/node-sdk.ts';
import { pythonSdk } from './project/python-sdk.ts';

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
