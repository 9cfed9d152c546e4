import path from 'node:path';
import { parseAddress } from '../client/http/address.ts';
import { isTooLongPath } from '../model/clean-path.ts';
import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { depthOf } from '../model/json/bounded.ts';
import { exactMember, type JsonNode, plainValue, type Span } from '../model/json/node.ts';
import { parseGoJson } from '../model/json/parse.ts';
import { type Part, partAt, type SchemaError, stepsOf } from '../model/schema/validator.ts';
import { sourceText } from '../model/source-text.ts';
import { TEXT_LIMITS } from '../model/text-limits.ts';
import { validateHosts } from './hosts.generated.js';
import {
  type HostEntry,
  type Hosts,
  isFileSetting,
  type NamedHost,
  SETTINGS,
  type SettingName,
} from './named-host.ts';

/** Limits the work on a hostile file. */
const MOST_LOOKED_AT = 1000;

const NAME_RULE = 'letters, digits, "_" and "-", so that it can be told from an address';

const SECRETS_RULE =
  'hosts.json never holds secrets: put it into a file of its own and name that as "tokenFile" or "keyFile"';

/** The keys of the schema; a test compares them. */
export const KNOWN_KEYS = {
  file: ['$schema', 'default', 'hosts'],
  host: ['address', ...SETTINGS, 'groups'],
} as const;

/**
 * Parses hosts.json and validates it against its schema. Throws exit 2 with line and column when it is invalid; unknown
 * keys become notes and are kept.
 */
export function decodeHosts(text: string, file: string): Hosts {
  const root = treeOf(text, file);
  const wrong = (misfit: HostsIssue): KpluginError => broken(text, file, misfit);
  const document = plainValue(root);
  if (!validateHosts(document)) throw wrong(firstIssue(validateHosts.errors ?? [], root));
  const list = exactMember(root, 'hosts')?.value ?? null;
  const hosts = new Map<string, NamedHost>();
  // In the order of the file: a JavaScript object would have keys that are numbers first.
  for (const name of keysIn(list)) {
    const entry = document.hosts?.[name];
    const node = exactMember(list, name)?.value ?? root;
    if (entry !== undefined) hosts.set(name, toHost(name, entry, path.dirname(file), node, wrong));
  }
  const defaultHost = document.default?.trim() ?? null;
  if (defaultHost !== null && !hosts.has(defaultHost)) {
    const at = exactMember(root, 'default')?.value ?? root;
    throw wrong({ at, message: 'the default host is none of the hosts in this file' });
  }
  const notes = [
    ...notesOn(root, KNOWN_KEYS.file, `${file}: `),
    ...[...hosts.keys()].flatMap((name) => {
      const entry = exactMember(list, name)?.value ?? null;
      return notesOn(entry, KNOWN_KEYS.host, `${file}: host ${name}: `);
    }),
  ];
  return { file, hosts, defaultHost, document, notes };
}

function treeOf(text: string, file: string): JsonNode {
  const json = parseGoJson(text);
  if (!json.ok) {
    throw broken(text, file, { at: json.at, message: 'this is not JSON', reason: json.message });
  }
  if (depthOf(json.root, TEXT_LIMITS.jsonDepth + 1) > TEXT_LIMITS.jsonDepth) {
    const message = `more than ${TEXT_LIMITS.jsonDepth} levels are nested`;
    throw broken(text, file, { at: json.root, message });
  }
  return json.root;
}

function broken(text: string, file: string, { at, message, reason }: HostsIssue): KpluginError {
  const { line, column } = sourceText(text).positionAt(at.start);
  return new KpluginError({
    code: 'hosts-broken',
    exit: EXIT.usage,
    message: `${file}:${line}:${column}: ${message}`,
    ...(reason === undefined ? {} : { reason }),
    hint: `correct that line; kplugin schema hosts shows the format`,
  });
}

/** Checks what the schema cannot express: the port of an address, and the length of a path. */
function toHost(
  name: string,
  entry: HostEntry,
  folder: string,
  node: JsonNode,
  wrong: (misfit: HostsIssue) => KpluginError,
): NamedHost {
  const at = (key: string): JsonNode => exactMember(node, key)?.value ?? node;
  const address = entry.address.trim();
  try {
    parseAddress(address);
  } catch (thrown) {
    if (!(thrown instanceof KpluginError)) throw thrown;
    throw wrong({ at: at('address'), message: thrown.message });
  }
  const settings: Partial<Record<SettingName, string>> = {};
  for (const key of SETTINGS) {
    const value = Object.hasOwn(entry, key) ? entry[key]?.trim() : undefined;
    if (value === undefined) continue;
    if (isFileSetting(key) && isTooLongPath(value)) {
      throw wrong({ at: at(key), message: `"${key}" is longer than the path of any file` });
    }
    settings[key] = isFileSetting(key) ? path.resolve(folder, value) : value;
  }
  return { name, address, settings, groups: entry.groups?.map((group) => group.trim()) ?? [] };
}

function notesOn(node: JsonNode | null, known: readonly string[], where: string): string[] {
  return keysIn(node)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = closest(key, known);
      return `${where}unknown key "${key}" is ignored${meant === null ? '' : `; did you mean "${meant}"?`}`;
    });
}

/** The keys, without duplicates, in the order of the file. */
function keysIn(node: JsonNode | null): string[] {
  return node?.type === 'object' ? [...new Set(node.members.map(({ key }) => key))] : [];
}

/** A problem in hosts.json and its position. It never repeats values, which may be secrets. */
interface HostsIssue {
  readonly at: Span;
  readonly message: string;
  readonly reason?: string;
}

/** The first violation of the schema, by position in the file. */
function firstIssue(errors: readonly SchemaError[], root: JsonNode): HostsIssue {
  const found = errors.slice(0, MOST_LOOKED_AT).flatMap((error) => {
    const part = partAt(root, error.instancePath);
    // This error only repeats another one.
    return part === null || error.keyword === 'propertyNames' ? [] : [issueOf(error, part)];
  });
  const [first = { at: root, message: 'this is not a hosts file' }] = found.toSorted(
    (a, b) => a.at.start - b.at.start,
  );
  return first;
}

function issueOf(error: SchemaError, part: Part): HostsIssue {
  const { keyword, propertyName } = error;
  const [top = '', host, key, item] = stepsOf(error.instancePath);
  const at = part.node;
  if (propertyName !== undefined) {
    const member = exactMember(at, propertyName);
    return {
      at: member?.keySpan ?? at,
      message: 'this is not a valid host name',
      reason: NAME_RULE,
    };
  }
  if (keyword === 'not') return notAllowed(error, at, host ?? '', key ?? top);
  if (keyword === 'required') return { at, message: `host ${host} has no "address"` };
  if (item !== undefined) return wrongGroup(at);
  if (key === 'groups') return { at, message: '"groups" must be a list of names' };
  if (key === 'address' && at.type === 'string') {
    return { at, message: addressFault(at.value) };
  }
  if (key !== undefined) return { at, message: emptyText(`"${key}"`) };
  if (top === 'default') return { at, message: emptyText('"default"') };
  const what = host === undefined ? (top === '' ? 'the file' : `"${top}"`) : `host ${host}`;
  return { at, message: `${what} must be an object { … }` };
}

/**
 * A secret instead of the path of its file, a key that would hold a secret, or a token file together with a key file.
 */
function notAllowed({ about }: SchemaError, at: JsonNode, host: string, key: string): HostsIssue {
  if (about?.required !== undefined) {
    const message = `host ${host} has a token file and a key file`;
    return { at, message, reason: 'one of them is enough' };
  }
  if (about?.type !== undefined) {
    const reason = 'only the path of its file belongs here';
    return { at, message: `"${key}" holds a secret itself`, reason };
  }
  const where = host === '' ? '' : `host ${host}: `;
  return { at, message: `${where}"${key}" has no place here`, reason: SECRETS_RULE };
}

function wrongGroup(at: JsonNode): HostsIssue {
  const isText = at.type === 'string' && at.value.trim() !== '';
  if (!isText) return { at, message: emptyText('a group') };
  return { at, message: 'this is not a valid group name', reason: NAME_RULE };
}

/** The problem with the address of a host. */
function addressFault(text: string): string {
  if (text.trim() === '') return emptyText('"address"');
  try {
    parseAddress(text.trim());
  } catch (thrown) {
    if (thrown instanceof KpluginError) return thrown.message;
    throw thrown;
  }
  return 'this is no address of a host';
}

function emptyText(what: string): string {
  return `${what} must be a text that is not empty`;
}
