/** Variables that hold a secret, or may: a proxy's address can have a password in it. */
export const SECRETS = ['KPLUGIN_TOKEN', 'KPLUGIN_PROXY'] as const;

type Env = Record<string, string | undefined>;

/**
 * The environment for commands: everything can be asked for by its name, and nobody can hand a secret on by handing on
 * the whole. Takes the secrets out of `env` itself, so that programs which are started with the environment of this
 * process (interpreters, builds, hooks, plugins) get none either.
 */
export function withSecretsApart(env: Env): Readonly<Env> {
  const apart = new Map<PropertyKey, string>();
  for (const name of SECRETS) {
    const value = env[name];
    if (value === undefined) continue;
    apart.set(name, value);
    delete env[name];
  }
  // Not a copy: on Windows the real one finds names in any letter case.
  return new Proxy(env, {
    get: (target, name) => apart.get(name) ?? Reflect.get(target, name),
  });
}

/** The values of the secrets in an environment: what may stand in no report. */
export function secretValues(env: Readonly<Env>): readonly string[] {
  return SECRETS.map((name) => env[name] ?? '').filter((value) => value !== '');
}
