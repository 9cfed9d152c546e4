import path from 'node:path';
import { parseAddress } from '../client/http/address.ts';
import { isTooLongPath } from '../model/clean-path.ts';
import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { depthOf } from '../model/json/depth.ts';
import { exactMember } from '../model/json/member.ts';
import type { JsonNode } from '../model/json/node.ts';
import { parseGoJson } from '../model/json/parse.ts';
import { plainValue } from '../model/json/plain.ts';
import { sourceText } from '../model/source-text.ts';
import { TEXT_LIMITS } from '../model/text-limits.ts';
import { validateHosts } from './hosts.generated.js';
import { firstMisfit, type HostsMisfit } from './hosts-misfit.ts';
import type { HostEntry, Hosts, NamedHost } from './named-host.ts';
import { isFileSetting, SETTINGS, type SettingName } from './settings.ts';

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
