import type { Context } from '../cli/context.ts';
import type { Credentials } from '../client/auth/credentials.ts';
import { placeText } from '../client/http/address.ts';
import { chosenHosts } from './choose.ts';
import { hostsFile, readHosts } from './hosts-file.ts';
import {
  credentialsOf,
  environmentLayer,
  flagLayer,
  found,
  type Layer,
  namedLayer,
} from './layers.ts';
import type { NamedHost } from './named-host.ts';
import { connectionOf, type HostChoice } from './resolve.ts';

/** A setting in effect. */
export interface SettingInForce {
  /** `host`, `token`, `CA file` … */
  readonly setting: string;
  /** Never a secret: for KPLUGIN_TOKEN it is "set". */
  readonly value: string;
  /** `--key-file`, `KPLUGIN_KEY_FILE`, `hosts.json`, `default`. */
  readonly from: string;
  /** Sources with lower precedence that also set it. */
  readonly outweighs: readonly string[];
}

interface Precedence {
  /** The path of hosts.json. */
  readonly file: string;
  readonly named: number;
  /** Notes on that file. */
  readonly notes: readonly string[];
  readonly hosts: readonly {
    readonly label: string;
    readonly settings: readonly SettingInForce[];
  }[];
}

/**
 * The settings in effect for the selected hosts, and the source of each: flag, environment, hosts.json or default.
 * Throws exit 2 like resolveHosts.
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

/** The settings of one host except its address; only those that are set, and always the token. */
export function settingsInForce(
  host: NamedHost | string,
  above: readonly Layer[],
  env: Context['env'],
): SettingInForce[] {
  const layers = typeof host === 'string' ? above : [...above, namedLayer(host)];
  const { headers, tls, proxy } = connectionOf(host, above, env);
  const file = (
    setting: string,
    value: string | null,
    name: 'headerFile' | 'caFile' | 'certFile' | 'certKeyFile',
  ): SettingInForce[] => {
    const from = found(layers, name)?.origin ?? '';
    return value === null ? [] : [{ setting, value, from, outweighs: below(layers, name) }];
  };
  return [
    ...tokenInForce(layers),
    ...headers.given.map(({ name }) => {
      return { setting: 'header', value: name, from: '--header', outweighs: [] };
    }),
    ...file('headers', headers.file, 'headerFile'),
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

/** Describes the credentials without any secret. */
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

/** Sources of a setting with lower precedence than the layer in effect. */
function below(
  layers: readonly Layer[],
  name: 'headerFile' | 'caFile' | 'certFile' | 'certKeyFile',
): string[] {
  return layers
    .filter(({ settings }) => settings[name] !== undefined)
    .map(({ origin }) => origin(name))
    .slice(1);
}
