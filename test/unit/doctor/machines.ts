import { examineMachine } from '../../../src/doctor/examine.ts';
import type { Machine } from '../../../src/doctor/facts/machine.ts';
import type { PluginProject } from '../../../src/doctor/facts/plugin-project.ts';
import type { CheckEffects, Remark } from '../../../src/doctor/host/doctor-check.ts';

/** Effects of checks for which nothing is waited. */
export const AT_ONCE: CheckEffects = {
  signal: new AbortController().signal,
  waiting: () => {},
  pause: (_ms, over) => new Promise((resolve) => over.addEventListener('abort', () => resolve())),
};

/** A made-up machine on which all is well. */
export function machine(different: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    node: '20.19.1',
    kplugin: '0.1.0',
    env: {},
    variables: ['KPLUGIN_HOST', 'KPLUGIN_KEY_FILE', 'KPLUGIN_TOKEN', 'KPLUGIN_PROXY'],
    python: async () => ({ program: '/usr/bin/python3', own: null }),
    run: async (program) => {
      if (program === 'go') return { code: 0, out: 'go1.26.0\n0\nauto\n' };
      if (program === 'conda') return null;
      return { code: 0, out: '["3.12.1", "2.4.2", "0.8.1"]' };
    },
    writable: async () => true,
    sockets: async () => [],
    ask: async () => null,
    modeOf: async () => null,
    ...different,
  };
}

/** What the checks have to say about it. */
export function looked(
  different: Partial<Machine> = {},
  project: Partial<PluginProject> | null = null,
): Promise<readonly Remark[]> {
  const here = { label: '.', requirements: 'ekuiper==2.4.2\n', target: '2.4' } as const;
  // The checks of the machine look at a few fields of the project only.
  const plugin = project && ({ ...here, ...project } as PluginProject);
  return examineMachine({ machine: machine(different), project: plugin }, 60_000, AT_ONCE);
}

/** The remarks of one kind, `level: text`. */
export const about = (remarks: readonly Remark[], id: string) =>
  remarks.filter((one) => one.id.startsWith(id)).map(({ level, text }) => `${level}: ${text}`);
