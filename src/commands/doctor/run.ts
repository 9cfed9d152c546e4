import { setTimeout as sleep } from 'node:timers/promises';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import { parseTarget } from '../../cli/target-flag.ts';
import { countLevels, diagnosisError, type Section } from '../../doctor/diagnosis.ts';
import type { CheckEffects } from '../../doctor/host/run-checks.ts';
import { examineMachine, examineProject } from '../../doctor/look.ts';
import { type PluginProject, readProject } from '../../doctor/plugin-project.ts';
import { realMachine } from '../../doctor/real-machine.ts';
import { resolveOne } from '../../doctor/resolve-one.ts';
import { settingsInForce } from '../../doctor/settings-in-force.ts';
import { timeoutOf } from '../../hosts/reach.ts';
import type { doctor } from './command.ts';
import { doctorText } from './doctor-text.ts';
import { hostSection } from './host-section.ts';

/** How long one check may take when `--timeout` says nothing. */
const LIMIT_MS = 15_000;

/** `kplugin doctor`: this machine, the plugin here and a host, all at the same time. */
export const run: Action<typeof doctor.flags> = async ({ flags, args }, context) => {
  const label = args[0] ?? '.';
  const target = parseTarget(flags.target);
  const limit = timeoutOf(flags.timeout) ?? LIMIT_MS;
  const named = resolveOne(flags, context);
  const project = await projectAt(args[0] !== undefined, () =>
    readProject(label, context.cwd, target),
  );
  const effects = effectsOf(context);
  const machine = realMachine({ label, python: flags.python }, context);
  const sections = await Promise.all([
    machineSection(examineMachine({ machine, project }, limit, effects), [
      ...named.remarks,
      ...(named.connection === null ? [] : await settingsInForce(flags, machine, context)),
    ]),
    ...(project === null ? [] : [projectSection(project, limit, effects)]),
    ...(named.connection === null
      ? []
      : [
          hostSection(
            { connection: named.connection, write: flags.write, limit, effects },
            context,
          ),
        ]),
  ]);
  const error = diagnosisError(sections);
  return {
    data: { counts: countLevels(sections), sections },
    human: (style) => doctorText(sections, style),
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

/** Without a directory on the command line a plugin may be here or not. */
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

function effectsOf({ talk, signal }: Context): CheckEffects {
  return {
    signal,
    waiting: (asks) => talk.say(`waiting for: ${asks.join(', ')}`),
    pause: (ms, over) => sleep(ms, undefined, { signal: over }).catch(() => {}),
  };
}

function nextCommands(sections: readonly Section[]): string[] {
  const hasHost = sections.some(({ part }) => part === 'host');
  return hasHost ? [] : ['kplugin doctor --host <host>'];
}
