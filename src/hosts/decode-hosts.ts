import path from 'node:path';
import { parseAddress } from '../client/http/address.ts';
import { isTooLongPath } from '../model/clean-path.ts';
import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { depthOf } from '../model/json/depth.ts';
import { exactMember } from '../model/json/member.ts';
import type { JsonNode, Span } from '../model/json/node.ts';
import { parseGoJson } from '../model/json/parse.ts';
import { plainValue } from '../model/json/plain.ts';
import { type Part, partAt, stepsOf } from '../model/schema/place.ts';
import type { SchemaError } from '../model/schema/validator.ts';
import { sourceText } from '../model/source-text.ts';
import { TEXT_LIMITS } from '../model/text-limits.ts';
import { validateHosts } from './hosts.generated.js';
import type { HostEntry, Hosts, NamedHost } from './named-host.ts';
import { isFileSetting, SETTINGS, type SettingName } from './settings.ts';

/** Of a hostile file; people read the first. */
const MOST_LOOKED_AT = 1000;

const NAME_RULE = 'letters, digits, "_" and "-", so that it can be told from an address';

const SECRETS_RULE =
  'hosts.json never holds secrets: put it into a file of its own and name that as "tokenFile" or "keyFile"';

/** Those of the schema, as a test sees to. */
export const KNOWN_KEYS = {
  file: ['$schema', 'default', 'hosts'],
  host: ['address', ...SETTINGS, 'groups'],
} as const;

/**
 * Reads the text of hosts.json, which its schema judges. Throws exit 2 with line and column where it is no such file;
 * unknown keys become notes and are kept.
 */
export function decodeHosts(text: string, file: string): Hosts {
  const root = treeOf(text, file);
  const wrong = (misfit: HostsMisfit): KpluginError => broken(text, file, misfit);
  const document = plainValue(root);
  if (!validateHosts(document)) throw wrong(firstMisfit(validateHosts.errors ?? [], root));
  const list = exactMember(root, 'hosts')?.value ?? null;
  const hosts = new Map<string, NamedHost>();
  // By the file, as an object of JavaScript has names that are numbers first.
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
    const message = `more than ${TEXT_LIMITS.jsonDepth} levels lie in each other`;
    throw broken(text, file, { at: json.root, message });
  }
  return json.root;
}

function broken(text: string, file: string, { at, message, reason }: HostsMisfit): KpluginError {
  const { line, column } = sourceText(text).positionAt(at.start);
  return new KpluginError({
    code: 'hosts-broken',
    exit: EXIT.usage,
    message: `${file}:${line}:${column}: ${message}`,
    ...(reason === undefined ? {} : { reason }),
    hint: `correct that line; kplugin schema hosts tells what may stand there`,
  });
}

/** What the schema cannot say: whether an address has a port that there is, and a path is one of a file. */
function toHost(
  name: string,
  entry: HostEntry,
  folder: string,
  node: JsonNode,
  wrong: (misfit: HostsMisfit) => KpluginError,
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
      return `${where}nobody reads "${key}"${meant === null ? '' : `; did you mean "${meant}"?`}`;
    });
}

/** Each once, as they are written. */
function keysIn(node: JsonNode | null): string[] {
  return node?.type === 'object' ? [...new Set(node.members.map(({ key }) => key))] : [];
}

/** What is wrong with hosts.json, and where. Values are never repeated: they might be secrets. */
interface HostsMisfit {
  readonly at: Span;
  readonly message: string;
  readonly reason?: string;
}

/** The first place of the file at which it does not fit its schema. */
function firstMisfit(errors: readonly SchemaError[], root: JsonNode): HostsMisfit {
  const found = errors.slice(0, MOST_LOOKED_AT).flatMap((error) => {
    const part = partAt(root, error.instancePath);
    // What only names another violation says nothing.
    return part === null || error.keyword === 'propertyNames' ? [] : [misfitOf(error, part)];
  });
  const [first = { at: root, message: 'this is no list of hosts' }] = found.toSorted(
    (a, b) => a.at.start - b.at.start,
  );
  return first;
}

function misfitOf(error: SchemaError, part: Part): HostsMisfit {
  const { keyword, propertyName } = error;
  const [top = '', host, key, item] = stepsOf(error.instancePath);
  const at = part.node;
  if (propertyName !== undefined) {
    const member = exactMember(at, propertyName);
    return {
      at: member?.keySpan ?? at,
      message: 'this is not a name for a host',
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

/** A secret instead of its file, a key for a secret, or two files where one is enough. */
function notAllowed({ about }: SchemaError, at: JsonNode, host: string, key: string): HostsMisfit {
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

function wrongGroup(at: JsonNode): HostsMisfit {
  const isText = at.type === 'string' && at.value.trim() !== '';
  if (!isText) return { at, message: emptyText('a group') };
  return { at, message: 'this is not a name for a group', reason: NAME_RULE };
}

/** What is wrong with the address of a host. */
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
