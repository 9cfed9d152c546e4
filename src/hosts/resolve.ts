import type { FlagValues } from '../cli/command.ts';
import { type Context, infoOnce, warnOnce } from '../cli/context.ts';
import type { HOST_FLAGS } from '../cli/host-flags.ts';
import type { HostConnection } from '../client/host-client.ts';
import { isLoopback, namedAddress, parseAddress } from '../client/http/address.ts';
import { proxyFor } from '../client/http/host-proxy.ts';
import { chosenHosts } from './choose.ts';
import { hostsFile, readHosts } from './hosts-file.ts';
import {
  credentialsOf,
  environmentLayer,
  flagLayer,
  headersOf,
  type Layer,
  namedLayer,
  tlsOf,
} from './layers.ts';
import type { NamedHost, SettingName } from './named-host.ts';

/** The values of {@link HOST_FLAGS}; `group` only for commands that accept several hosts. */
export type HostFlagValues = FlagValues<typeof HOST_FLAGS> & {
  readonly group?: readonly string[];
};

/** The flags that select hosts and their connection settings. */
export type HostChoice = {
  readonly host: readonly string[];
  readonly group?: readonly string[];
  readonly header?: readonly string[];
} & {
  readonly [K in SettingName | 'timeout' | 'retries']?: string | undefined;
};

/**
 * Resolves the hosts of `--host`, `--group`, the environment or `kplugin host use`: flags take precedence over the
 * environment, and the environment over the default. Keeps the order and removes duplicates: hosts with the same
 * address count as one with `each: 'place'`, and only hosts with the same name with `each: 'name'`. Prints the default
 * host that is used, and warns when a token is sent unencrypted. Throws exit 2 when no host is named, for unknown
 * names, and for invalid settings.
 */
export function resolveHosts(
  flags: HostChoice,
  context: Context,
  each: 'place' | 'name' = 'place',
): HostConnection[] {
  const { env, cwd } = context;
  const chosen = chosenHosts(flags, env, () => readHosts(hostsFile(env, cwd)));
  const layers = [flagLayer(flags, cwd), environmentLayer(context)];
  const connections = once(
    chosen.hosts.map((host) => connectionOf(host, layers, env)),
    each,
  );
  if (chosen.byDefault) {
    for (const { label, address } of connections) {
      infoOnce(context)(
        `host: ${label} (${address.origin}${address.basePath}), by kplugin host use`,
      );
    }
  }
  warnOfPlainTokens(connections, context);
  return connections;
}

/** The connection to a host; its own settings have lower precedence than flags and environment. Throws exit 2. */
export function connectionOf(
  host: NamedHost | string,
  layers: readonly Layer[],
  env: Context['env'],
): HostConnection {
  const typed = parseAddress(typeof host === 'string' ? host : host.address);
  const address = typeof host === 'string' ? typed : namedAddress(typed, host.name);
  const all = typeof host === 'string' ? layers : [...layers, namedLayer(host)];
  const credentials = credentialsOf(all);
  return {
    name: typeof host === 'string' ? null : host.name,
    address,
    label: address.label,
    credentials: credentials.credentials,
    headers: headersOf(all, credentials),
    tls: tlsOf(all, env),
    proxy: proxyFor(address, env),
  };
}

/** Removes duplicates; of two entries with one address the named one is kept, because it has settings. */
function once(connections: readonly HostConnection[], each: 'place' | 'name'): HostConnection[] {
  const byPlace = new Map<string, HostConnection>();
  for (const one of connections) {
    const place = each === 'name' ? one.label : `${one.address.origin}${one.address.basePath}`;
    const before = byPlace.get(place);
    if (before === undefined || before.name === null) byPlace.set(place, one);
  }
  return [...byPlace.values()];
}

function warnOfPlainTokens(connections: readonly HostConnection[], context: Context): void {
  const plain = connections.filter(
    ({ credentials, address }) =>
      credentials.kind !== 'none' && !address.secure && !isLoopback(address),
  );
  const [first, ...more] = plain;
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  warnOnce(context)(
    `warning: the token for ${first.label}${others} is sent unencrypted: anyone on the network path can use it; ` +
      'put TLS in front of eKuiper (https://…), or go through a tunnel (ssh -L)',
  );
}
