import type { Context } from '../cli/context.ts';
import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { shellWord } from '../model/shell-word.ts';
import { HOST_NAME, type Hosts, type NamedHost } from './named-host.ts';

const EXAMPLES = {
  host: 'kplugin host add edge1 192.0.2.1:9081\n(the name first, then the address)',
  group: 'kplugin host add edge1 192.0.2.1:9081 --group north',
  key: 'kplugin host keygen edge1',
} as const;

/** The selected hosts: named hosts, and addresses as they were typed. */
interface Chosen {
  readonly hosts: readonly (NamedHost | string)[];
  /** Where they come from: `--host`, `KPLUGIN_HOST and KPLUGIN_GROUP`, … */
  readonly origin: string;
  /** Sources with lower precedence that also name hosts. */
  readonly outweighed: readonly string[];
  /** Whether it is the default host of `kplugin host use`. */
  readonly byDefault: boolean;
}

interface Asked {
  readonly host: readonly string[];
  readonly group?: readonly string[];
}

/**
 * Selects hosts by the flags, else the environment, else the default host. Commands without `--group` ignore
 * KPLUGIN_GROUP. hosts.json is read only when it is needed. Throws exit 2 when no host is named, and for an unknown
 * name or group.
 */
export function chosenHosts(asked: Asked, env: Context['env'], read: () => Hosts): Chosen {
  const [by, ...outweighed] = naming(asked, env);
  if (by === undefined) return defaultHost(read());
  const { names, groups, origin } = by;
  const told = { origin, outweighed: outweighed.map((one) => one.origin), byDefault: false };
  if (groups.length === 0 && !names.some((name) => HOST_NAME.test(name))) {
    return { hosts: names, ...told };
  }
  const hosts = read();
  const inGroups = groups.flatMap((group) => hostsIn(group, hosts));
  return { hosts: [...names.map((name) => byName(name, hosts)), ...inGroups], ...told };
}

/**
 * Whether hosts are selected by a group, which counts as several hosts whatever it contains. Flags take precedence over
 * the environment here too.
 */
export function meansGroup(asked: Asked, env: Context['env']): boolean {
  const [by] = naming(asked, env);
  return by !== undefined && by.groups.length > 0;
}

interface Naming {
  readonly names: readonly string[];
  readonly groups: readonly string[];
  readonly origin: string;
}

/** The flags, then the environment; a source that names no hosts is left out. */
function naming({ host, group }: Asked, env: Context['env']): Naming[] {
  const typed = { names: host, groups: group ?? [] };
  const set = {
    names: listOf(env['KPLUGIN_HOST']),
    groups: group === undefined ? [] : listOf(env['KPLUGIN_GROUP']),
  };
  return [
    { ...typed, origin: originOf(typed, '--host', '--group') },
    { ...set, origin: originOf(set, 'KPLUGIN_HOST', 'KPLUGIN_GROUP') },
  ].filter(({ origin }) => origin !== '');
}

function originOf(
  { names, groups }: Omit<Naming, 'origin'>,
  ofNames: string,
  ofGroups: string,
): string {
  return [names.length > 0 ? ofNames : '', groups.length > 0 ? ofGroups : '']
    .filter((part) => part !== '')
    .join(' and ');
}

function defaultHost(hosts: Hosts): Chosen {
  const host = hosts.defaultHost === null ? undefined : hosts.hosts.get(hosts.defaultHost);
  if (host === undefined) throw noHost(hosts);
  return { hosts: [host], origin: 'kplugin host use', outweighed: [], byDefault: true };
}

/**
 * The named host, else the text as an address; names take precedence over DNS. Throws exit 2 for a name that is similar
 * to a known one.
 */
function byName(text: string, { hosts }: Hosts): NamedHost | string {
  const named = hosts.get(text);
  if (named !== undefined) return named;
  const meant = HOST_NAME.test(text) ? closest(text, [...hosts.keys()]) : null;
  if (meant === null) return text;
  throw new KpluginError({
    code: 'unknown-host',
    exit: EXIT.usage,
    message: `there is no host "${text}"`,
    reason: `a host with a name much like it was added: ${meant}`,
    hint: `--host ${meant}; if ${text} is a machine's name in the network: --host ${shellWord(`${text}:9081`)}`,
  });
}

function hostsIn(group: string, { hosts, file }: Hosts): NamedHost[] {
  const members = [...hosts.values()].filter(({ groups }) => groups.includes(group));
  if (members.length > 0) return members;
  const known = [...new Set([...hosts.values()].flatMap(({ groups }) => groups))].sort();
  const meant = closest(group, known);
  const list = known.length === 0 ? 'there are no groups yet' : `groups are ${known.join(', ')}`;
  throw new KpluginError({
    code: 'unknown-group',
    exit: EXIT.usage,
    message: `no host is in a group "${group}"`,
    reason: `in ${file} ${list}`,
    hint: meant
      ? `--group ${meant}`
      : `kplugin host add <name> <address> --group ${HOST_NAME.test(group) ? group : '<group>'}`,
  });
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function noHost({ hosts }: Hosts): KpluginError {
  const [first] = hosts.keys();
  return new KpluginError({
    code: 'missing-host',
    exit: EXIT.usage,
    message: 'no host is named',
    reason: 'kplugin never guesses which eKuiper is meant',
    hint:
      first === undefined
        ? 'add --host edge1:9081, or set KPLUGIN_HOST=edge1:9081; kplugin serve gives one to try things out'
        : `add --host ${shellWord(first)}, or choose one for good: kplugin host use ${shellWord(first)}\n(kplugin host list shows them)`,
  });
}

/** The named host. Throws exit 2 when the name is unknown, with a similar name as hint. */
export function knownHost(name: string, { hosts, file }: Hosts): NamedHost {
  const host = hosts.get(name);
  if (host !== undefined) return host;
  const meant = closest(name, [...hosts.keys()]);
  throw new KpluginError({
    code: 'unknown-host',
    exit: EXIT.usage,
    message: `no host named "${name}" was added`,
    reason: `${file} has ${hosts.size === 0 ? 'none' : [...hosts.keys()].join(', ')}`,
    hint:
      meant === null
        ? `kplugin host add ${HOST_NAME.test(name) ? name : '<name>'} <address>`
        : `did you mean ${meant}?`,
  });
}

/** Checks a name for a host, group or key. Throws exit 2. */
export function asName(text: string, what: keyof typeof EXAMPLES): string {
  if (HOST_NAME.test(text)) return text;
  throw new KpluginError({
    code: 'bad-host-name',
    exit: EXIT.usage,
    message: `this is no name for a ${what}`,
    reason: 'a name has letters, digits, "-" and "_", so that it can be told from an address',
    hint: EXAMPLES[what],
  });
}
