import type { IncomingMessage } from 'node:http';
import { decodeUtf8 } from '../../model/json/bytes.ts';
import { foldKey, type GoJson, type JsonNode } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { HostRefusal } from '../runtime/refusal.ts';

const LIMIT = 256 * 1024 ** 2;

/** A Go struct of strings and string lists, by its JSON keys. */
type Shape = Readonly<Record<string, 'string' | '[]string'>>;

type Decoded<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends 'string' ? string : readonly string[] | null;
};

/** Reads and decodes a request body like Go's json.Decoder. Throws HostRefusal with Go's error text. */
export async function decodeBody<S extends Shape>(
  request: IncomingMessage,
  shape: S,
  type: { readonly package: string; readonly name: string },
): Promise<Decoded<S>> {
  const parsed = firstValue(decodeUtf8(await readBody(request)));
  if (!parsed.ok) throw new HostRefusal(parsed.message);
  return unmarshal(parsed.root, shape, type);
}

/**
 * Parses the first JSON value of a text and ignores the rest. An empty text is `EOF`, one that ends too early
 * `unexpected EOF`.
 */
export function firstValue(text: string): GoJson {
  const parsed = parseGoJson(text);
  if (parsed.ok) return parsed;
  if (parsed.message.endsWith('after top-level value')) {
    return parseGoJson(text.slice(0, parsed.at.start));
  }
  if (text.trim() === '') return { ...parsed, message: 'EOF' };
  if (parsed.message !== 'unexpected end of JSON input') return parsed;
  return { ...parsed, message: 'unexpected EOF' };
}

function unmarshal<S extends Shape>(
  root: JsonNode,
  shape: S,
  type: { readonly package: string; readonly name: string },
): Decoded<S> {
  const values: Record<string, string | string[] | null> = {};
  for (const [key, kind] of Object.entries(shape)) values[key] = kind === 'string' ? '' : null;
  if (root.type === 'object') {
    for (const { key, value } of root.members) {
      const field = Object.keys(shape).find((one) => foldKey(one) === foldKey(key));
      if (field === undefined || value.type === 'null') continue;
      values[field] = decodeField(value, shape[field] ?? 'string', `${type.name}.${field}`);
    }
  } else if (root.type !== 'null') {
    throw mismatch(root, `Go value of type ${type.package}.${type.name}`);
  }
  // The keys and their types come from the shape: the two lines above fill them.
  return values as Decoded<S>;
}

function decodeField(value: JsonNode, kind: Shape[string], field: string): string | string[] {
  if (kind === 'string') return decodeString(value, field);
  if (value.type !== 'array') throw mismatch(value, `Go struct field ${field} of type []string`);
  return value.items.map((item) => (item.type === 'null' ? '' : decodeString(item, field)));
}

function decodeString(value: JsonNode, field: string): string {
  if (value.type === 'string') return value.value;
  throw mismatch(value, `Go struct field ${field} of type string`);
}

/** Go's UnmarshalTypeError. */
export function mismatch(value: JsonNode, into: string): HostRefusal {
  const kind = value.type === 'boolean' ? 'bool' : value.type;
  return new HostRefusal(`json: cannot unmarshal ${kind} into ${into}`);
}

/** Reads the body of a request. Throws HostRefusal above 256 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // The rest is read and dropped: a client that is still sending would not receive the response.
    if (length <= LIMIT) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > LIMIT) throw new HostRefusal('http: request body too large');
  return Buffer.concat(chunks);
}
