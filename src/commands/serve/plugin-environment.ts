import type { Log } from '../../cli/context.ts';
import { type Environment, plainEnvironment } from '../../model/child-environment.ts';
import { EXIT, KpluginError } from '../../model/error.ts';

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
    refuse(name);
    const text = value.length > 0 ? value.join('=') : env[name];
    if (text !== undefined) given.set(name, text);
    else warn(`--env ${name}: it is not set here, so plugins do not get it`);
  }
  return { ...plainEnvironment(env), ...Object.fromEntries(given) };
}

/** The error shows only the part before `=`, because the rest may be a secret. */
function refuse(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) {
    throw usage(`--env "${name}" names no variable`, 'write --env NAME or --env NAME=value');
  }
  if (!name.toUpperCase().startsWith('KPLUGIN_')) return;
  throw usage(
    `--env ${name}: settings and secrets of kplugin are not given to plugins`,
    'leave it out; name the variable otherwise if your plugin reads one',
  );
}

function usage(message: string, hint: string): KpluginError {
  return new KpluginError({ code: 'env-unusable', exit: EXIT.usage, message, hint });
}
