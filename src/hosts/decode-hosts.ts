import path from 'node:path';
import { parseAddress } from '../client/http/address.ts';
import { isTooLongPath } from '../model/clean-path.ts';
import { closest } from '../model/closest.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { depthOf } from '../model/json/depth.ts';
import type { JsonMember, JsonNode, Span } from '../model/json/node.ts';
import { parseGoJson } from '../model/json/parse.ts';
import { plainValue } from '../model/json/plain.ts';
import { sourceText } from '../model/source-text.ts';
import { TEXT_LIMITS } from '../model/text-limits.ts';
import { HOST_NAME, type Hosts, type NamedHost } from './named-host.ts';
import { isFileSetting, looksLikeSecret, SETTINGS, type SettingName } from './settings.ts';

const KEYS = ['$schema', 'default', 'hosts'];
const HOST_KEYS = ['address', ...SETTINGS, 'groups'];

/**
 * Reads the text of hosts.json. Throws exit 2 with line and column where it is no such file; unknown keys become
 * notes and are kept. Values are never repeated where they might be secrets.
 */
export function decodeHosts(text: string, file: string): Hosts {
  const source = sourceText(text);
  const reader = new Reader(file, (span, message, reason) => {
    const { line, column } = source.positionAt(span.start);
    return new KpluginError({
      code: 'hosts-broken',
      exit: EXIT.usage,
      message: `${file}:${line}:${column}: ${message}`,
      ...(reason === undefined ? {} : { reason }),
      hint: `correct that line; kplugin schema hosts tells what may stand there`,
    });
  });
  const json = parseGoJson(text);
  if (!json.ok) throw reader.wrong(json.at, 'this is not JSON', json.message);
  if (depthOf(json.root, TEXT_LIMITS.jsonDepth + 1) > TEXT_LIMITS.jsonDepth) {
    throw reader.wrong(json.root, `more than ${TEXT_LIMITS.jsonDepth} levels lie in each other`);
  }
  return reader.file(json.root);
}

type Wrong = (span: Span, message: string, reason?: string) => KpluginError;

class Reader {
  readonly #file: string;
  readonly wrong: Wrong;
  readonly #notes: string[] = [];

  constructor(file: string, wrong: Wrong) {
    this.#file = file;
    this.wrong = wrong;
  }

  file(root: JsonNode): Hosts {
    const members = this.#members(root, 'the file');
    this.#tellUnknown(members, KEYS, '');
    const hosts = new Map<string, NamedHost>();
    const list = last(members, 'hosts');
    for (const member of list === null ? [] : this.#members(list, '"hosts"')) {
      hosts.set(member.key, this.#host(member));
    }
    const chosen = last(members, 'default');
    return {
      file: this.#file,
      hosts,
      defaultHost: chosen === null || chosen.type === 'null' ? null : this.#default(chosen, hosts),
      // An object, as #members has made sure.
      document: plainValue(root) as Record<string, unknown>,
      notes: this.#notes,
    };
  }

  #default(node: JsonNode, hosts: ReadonlyMap<string, NamedHost>): string {
    const name = this.#text(node, '"default"');
    if (hosts.has(name)) return name;
    throw this.wrong(node, 'the default host is none of the hosts in this file');
  }

  #host({ key, keySpan, value }: JsonMember): NamedHost {
    if (!HOST_NAME.test(key)) {
      throw this.wrong(keySpan, 'this is not a name for a host', NAME_RULE);
    }
    const members = this.#members(value, `host ${key}`);
    this.#tellUnknown(members, HOST_KEYS, `host ${key}: `);
    const address = last(members, 'address');
    if (address === null) throw this.wrong(value, `host ${key} has no "address"`);
    const settings: Partial<Record<SettingName, string>> = {};
    for (const name of SETTINGS) {
      const node = last(members, name);
      if (node !== null) settings[name] = this.#setting(node, name);
    }
    if (settings.tokenFile !== undefined && settings.keyFile !== undefined) {
      throw this.wrong(
        value,
        `host ${key} has a token file and a key file`,
        'one of them is enough',
      );
    }
    return { name: key, address: this.#address(address), settings, groups: this.#groups(members) };
  }

  #address(node: JsonNode): string {
    const text = this.#text(node, '"address"');
    try {
      parseAddress(text);
    } catch (thrown) {
      if (thrown instanceof KpluginError) throw this.wrong(node, thrown.message);
      throw thrown;
    }
    return text;
  }

  #setting(node: JsonNode, name: SettingName): string {
    const text = this.#text(node, `"${name}"`);
    if (!isFileSetting(name)) return text;
    if (looksLikeSecret(text)) {
      throw this.wrong(
        node,
        `"${name}" holds a secret itself`,
        'only the path of its file belongs here',
      );
    }
    if (isTooLongPath(text)) {
      throw this.wrong(node, `"${name}" is longer than the path of any file`);
    }
    return path.resolve(path.dirname(this.#file), text);
  }

  #groups(members: readonly JsonMember[]): string[] {
    const node = last(members, 'groups');
    if (node === null) return [];
    if (node.type !== 'array') throw this.wrong(node, '"groups" must be a list of names');
    return node.items.map((item) => {
      const group = this.#text(item, 'a group');
      if (HOST_NAME.test(group)) return group;
      throw this.wrong(item, 'this is not a name for a group', NAME_RULE);
    });
  }

  #members(node: JsonNode, what: string): readonly JsonMember[] {
    if (node.type !== 'object') throw this.wrong(node, `${what} must be an object { … }`);
    return node.members;
  }

  #text(node: JsonNode, what: string): string {
    if (node.type === 'string' && node.value.trim() !== '') return node.value.trim();
    throw this.wrong(node, `${what} must be a text that is not empty`);
  }

  #tellUnknown(members: readonly JsonMember[], known: readonly string[], where: string): void {
    for (const { key, value } of members) {
      if (known.includes(key)) continue;
      if (/^(token|key|privateKey|password|secret)$/i.test(key)) {
        throw this.wrong(value, `${where}"${key}" has no place here`, SECRETS_RULE);
      }
      const meant = closest(key, known);
      this.#notes.push(
        `${this.#file}: ${where}nobody reads "${key}"${meant === null ? '' : `; did you mean "${meant}"?`}`,
      );
    }
  }
}

const NAME_RULE = 'letters, digits, "_" and "-", so that it can be told from an address';
const SECRETS_RULE =
  'hosts.json never holds secrets: put it into a file of its own and name that as "tokenFile" or "keyFile"';

function last(members: readonly JsonMember[], key: string): JsonNode | null {
  return members.findLast((member) => member.key === key)?.value ?? null;
}
