import type { Context } from '../cli/context.ts';
import type { Credentials } from '../client/auth/credentials.ts';
import { placeText } from '../client/http/address.ts';
import { chosenHosts } from './choose.ts';
import { hostsFile } from './config-folder.ts';
import {
  credentialsOf,
  environmentLayer,
  flagLayer,
  found,
  type Layer,
  namedLayer,
} from './layers.ts';
import type { NamedHost } from './named-host.ts';
import { readHosts } from './read-hosts.ts';
import { connectionOf, type HostChoice } from './resolve.ts';

/** A setting in force. */
export interface SettingInForce {
  /** `host`, `token`, `CA file` … */
  readonly setting: string;
  /** Never a secret: a token of the environment is "set". */
  readonly value: string;
  /** `--key-file`, `KPLUGIN_KEY_FILE`, `hosts.json`, `default`. */
  readonly from: string;
  /** Where it is set too, without effect. */
  readonly outweighs: readonly string[];
}

export interface Precedence {
  /** The file with the named hosts, and whether it holds any. */
  readonly file: string;
  readonly named: number;
  /** Oddities of that file. */
  readonly notes: readonly string[];
  readonly hosts: readonly {
    readonly label: string;
    readonly settings: readonly SettingInForce[];
  }[];
}

/**
 * Which settings count for the hosts that a command would talk to, and where each comes from: flag, environment,
 * hosts.json, default. Throws exit 2 like resolveHosts.
 */
export function explainPrecedence(flags: HostChoice, context: Context): Precedence {
  const { env, cwd } = context;
  const hosts = readHosts(hostsFile(env, cwd));
  const chosen = chosenHosts(flags, env, () => hosts);
  const layers = [flagLayer(flags, cwd), environmentLayer(context)];
  return {
    file: hosts.file,
    named: hosts.hosts.size,
    notes: hosts.notes,
    hosts: chosen.hosts.map((host) => {
      const { label, address } = connectionOf(host, layers, env);
      const { origin: from, outweighed: outweighs } = chosen;
      const first = { setting: 'host', value: placeText(address), from, outweighs };
      return { label, settings: [first, ...settingsInForce(host, layers, env)] };
    }),
  };
}

/** The settings of one host without the host itself; only those that are set, and the token in any case. */
export function settingsInForce(
  host: NamedHost | string,
  above: readonly Layer[],
  env: Context['env'],
): SettingInForce[] {
  const layers = typeof host === 'string' ? above : [...above, namedLayer(host)];
  const { tls, proxy } = connectionOf(host, above, env);
  const file = (
    setting: string,
    value: string | null,
    name: 'caFile' | 'certFile' | 'certKeyFile',
  ): SettingInForce[] => {
    const from = found(layers, name)?.origin ?? '';
    return value === null ? [] : [{ setting, value, from, outweighs: below(layers, name) }];
  };
  return [
    ...tokenInForce(layers),
    ...file('CA file', tls.caFile, 'caFile'),
    ...file('client certificate', tls.certFile, 'certFile'),
    ...file('its key', tls.certKeyFile, 'certKeyFile'),
    ...(proxy === null
      ? []
      : [{ setting: 'proxy', value: proxy.label, from: proxy.variable, outweighs: [] }]),
  ];
}

function tokenInForce(layers: readonly Layer[]): SettingInForce[] {
  const { credentials, origin } = credentialsOf(layers);
  const all = layers.flatMap((layer) => {
    const own = credentialsOf([layer]);
    return own.credentials.kind === 'none' ? [] : [own.origin];
  });
  const token = {
    setting: 'token',
    value: credentialsText(credentials),
    from: origin,
    outweighs: all.slice(1),
  };
  if (credentials.kind !== 'key-file') return [token];
  const issuer = found(layers, 'issuer');
  const own = issuer !== null && issuer.value === credentials.issuer;
  const from = own ? issuer.origin : "the key file's name";
  return [token, { setting: 'issuer', value: credentials.issuer, from, outweighs: [] }];
}

/** What proves who asks, without any secret. */
export function credentialsText(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'none':
      return 'none';
    case 'token':
      return 'set';
    case 'token-file':
      return `in ${credentials.file}`;
    case 'key-file':
      return `signed with ${credentials.file}`;
  }
}

/** Where a setting is set below the layer that decides. */
function below(layers: readonly Layer[], name: 'caFile' | 'certFile' | 'certKeyFile'): string[] {
  return layers
    .filter(({ settings }) => settings[name] !== undefined)
    .map(({ origin }) => origin(name))
    .slice(1);
}
