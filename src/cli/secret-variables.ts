import { plainEnvironment } from '../model/child-environment.ts';

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

/** What Node and the libraries below it may have kept a pointer to. */
const OF_THE_RUNTIME = /^(?:NODE|SSL|UV|OPENSSL|LD|MALLOC|GLIBC)_/;

/**
 * The variables that may be anybody's secret, such as AWS_SECRET_ACCESS_KEY: all but those that every program is given,
 * and those of the runtime itself.
 */
export function namesOfStrangers(env: Readonly<Env>): readonly string[] {
  const plain = plainEnvironment(env);
  return Object.keys(env).filter(
    (name) => !Object.hasOwn(plain, name) && !OF_THE_RUNTIME.test(name),
  );
}
