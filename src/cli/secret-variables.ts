import { plainEnvironment } from '../model/child-environment.ts';

/** Variables that may hold a secret; the URL of a proxy may contain a password. */
export const SECRETS = ['KPLUGIN_TOKEN', 'KPLUGIN_PROXY'] as const;

type Env = Record<string, string | undefined>;

/**
 * The environment for commands. A secret can be read by its name, but is not enumerable, so that a copy of the
 * environment has none. Deletes the secrets from `env` itself, so that child processes (interpreters, builds, hooks,
 * plugins) do not inherit them.
 */
export function hideSecrets(env: Env): Readonly<Env> {
  const apart = new Map<PropertyKey, string>();
  for (const name of SECRETS) {
    const value = env[name];
    if (value === undefined) continue;
    apart.set(name, value);
    delete env[name];
  }
  // Not a copy: on Windows the names of the real environment are case-insensitive.
  return new Proxy(env, {
    get: (target, name) => apart.get(name) ?? Reflect.get(target, name),
  });
}

/** The values of the secrets, which must be masked in reports. */
export function secretValues(env: Readonly<Env>): readonly string[] {
  return SECRETS.map((name) => env[name] ?? '').filter((value) => value !== '');
}

/** Variables to which Node and its libraries may keep a pointer. */
const OF_THE_RUNTIME = /^(?:NODE|SSL|UV|OPENSSL|LD|MALLOC|GLIBC)_/;

/**
 * Variables that may be secrets of other programs, such as AWS_SECRET_ACCESS_KEY: all except those that every child
 * process gets and those of the runtime.
 */
export function otherSecretNames(env: Readonly<Env>): readonly string[] {
  const plain = plainEnvironment(env);
  return Object.keys(env).filter(
    (name) => !Object.hasOwn(plain, name) && !OF_THE_RUNTIME.test(name),
  );
}
