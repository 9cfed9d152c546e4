import { parseAddress } from '../client/http/address.ts';
import { KpluginError } from '../model/error.ts';
import { exactMember } from '../model/json/member.ts';
import type { JsonNode, Span } from '../model/json/node.ts';
import { type Part, partAt, stepsOf } from '../model/schema/place.ts';
import type { SchemaError } from '../model/schema/validator.ts';

/** What is wrong with hosts.json, and where. Values are never repeated: they might be secrets. */
export interface HostsMisfit {
  readonly at: Span;
  readonly message: string;
  readonly reason?: string;
}

/** Of a hostile file; people read the first. */
const MOST_LOOKED_AT = 1000;

const NAME_RULE = 'letters, digits, "_" and "-", so that it can be told from an address';
const SECRETS_RULE =
  'hosts.json never holds secrets: put it into a file of its own and name that as "tokenFile" or "keyFile"';

/** The first place of the file at which it does not fit its schema. */
export function firstMisfit(errors: readonly SchemaError[], root: JsonNode): HostsMisfit {
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
