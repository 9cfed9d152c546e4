import { readFileSync } from 'node:fs';
import type { Log } from '../../cli/context.ts';
import { type Environment, plainEnvironment } from '../../model/child-process.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { MachineLimit } from '../../model/machine-limit.ts';

/**
 * A plugin inherits the limit of open files and reports it in its own words. The checks need 34 descriptors with one
 * source, one sink and one function. When kplugin itself reaches the limit, its error says so.
 */
const FEWEST_OPEN_FILES = 64;

/**
 * The environment of plugins and install.sh: a plain one and the variables of `--env` (`NAME` of this process, or
 * `NAME=value`). eKuiper passes its whole environment on (plugin_ins_manager.go sets none), but a developer's
 * environment is another one and has secrets. Names that are not set are reported. Throws exit 2.
 */
export function pluginEnvironment(
  asked: readonly string[],
  env: Environment,
  { warn }: Pick<Log, 'warn'>,
): Environment {
  const given = new Map<string, string>();
  for (const one of asked) {
    const [name = '', ...value] = one.split('=');
    refuseName(name);
    const text = value.length > 0 ? value.join('=') : env[name];
    if (text !== undefined) given.set(name, text);
    else warn(`--env ${name}: it is not set here, so plugins do not get it`);
  }
  return { ...plainEnvironment(env), ...Object.fromEntries(given) };
}

/** The error shows only the part before `=`, because the rest may be a secret. */
function refuseName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) {
    throw unusable(`--env "${name}" names no variable`, 'write --env NAME or --env NAME=value');
  }
  if (!name.toUpperCase().startsWith('KPLUGIN_')) return;
  throw unusable(
    `--env ${name}: settings and secrets of kplugin are not given to plugins`,
    'leave it out; name the variable otherwise if your plugin reads one',
  );
}

function unusable(message: string, hint: string): KpluginError {
  return new KpluginError({ code: 'env-unusable', exit: EXIT.usage, message, hint });
}

/** Throws MachineLimit when the limit of open files is so low that a plugin would fail; Linux only. */
export function checkOpenFileLimit(limits: string = ownLimits()): void {
  const open = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? FEWEST_OPEN_FILES);
  if (open >= FEWEST_OPEN_FILES) return;
  throw new MachineLimit({
    code: 'too-many-open-files',
    exit: EXIT.usage,
    message: `the system lets kplugin and the plugin open only ${open} files each`,
    reason: `a plugin that meets this limit would look broken; kplugin starts none below ${FEWEST_OPEN_FILES}`,
    hint: 'raise the limit, such as: ulimit -n 1024; then run the same command again',
  });
}

function ownLimits(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    // Without /proc the limit is unknown and not checked.
    return '';
  }
}
