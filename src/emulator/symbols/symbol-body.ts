import type { IncomingMessage } from 'node:http';
import { depthOf, parseForeignJson, TooDeepError } from '../../model/json/bounded.ts';
import { fieldOf, type JsonNode, plainValue } from '../../model/json/node.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { firstValue, mismatch, readBody } from '../http/request-body.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { DEFAULT_META, type RuleMeta, type SymbolConfig } from '../runtime/symbol-contract.ts';

/** The call stack is too small for the 10,000 levels that Go reads. */
const TOO_DEEP = `the body exceeded max depth: kplugin serve takes ${TEXT_LIMITS.jsonDepth} levels, eKuiper 10000`;

const KINDS: ReadonlyMap<string, SymbolKind> = new Map([
  ['source', 'source'],
  ['sink', 'sink'],
  ['func', 'function'],
  ['function', 'function'],
]);

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a request body as JSON, an empty one as `{}`. Throws HostRefusal. */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const text = (await readBody(request)).toString('utf8');
  if (text.trim() === '') return {};
  return parsed(text);
}

function parsed(text: string): unknown {
  try {
    return parseForeignJson(text);
  } catch (error) {
    if (error instanceof TooDeepError) throw new HostRefusal(TOO_DEEP);
    const words = error instanceof Error ? error.message : String(error);
    throw new HostRefusal(`the body is no JSON: ${words}`);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws HostRefusal for an unknown key, which is a spelling mistake. */
export function refuseOtherKeys(body: JsonObject, known: readonly string[]): void {
  const other = Object.keys(body).find((key) => !known.includes(key));
  if (other === undefined) return;
  throw new HostRefusal(`the body has an unknown key "${other}"; it may have ${known.join(', ')}`);
}

/** Returns the object in `config`, or null when the key is missing. Throws HostRefusal. */
export function configField(body: JsonObject): SymbolConfig | null {
  const config = body['config'] ?? null;
  if (config === null || isObject(config)) return config;
  throw new HostRefusal('config is to be an object');
}

export function textField(body: JsonObject, key: string): string | null {
  const value = body[key] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw new HostRefusal(`${key} is to be a text`);
}

/** `{"ruleId","opId","instanceId"}`, each with its default; null where the key is missing; throws HostRefusal. */
export function metaField(body: JsonObject): RuleMeta | null {
  const value = body['meta'] ?? null;
  if (value === null) return null;
  if (!isObject(value)) throw new HostRefusal('meta is to be an object');
  refuseOtherKeys(value, ['ruleId', 'opId', 'instanceId']);
  const instanceId = value['instanceId'] ?? DEFAULT_META.instanceId;
  if (typeof instanceId !== 'number' || !Number.isSafeInteger(instanceId)) {
    throw new HostRefusal('meta.instanceId is to be an integer');
  }
  const meta = {
    ruleId: textField(value, 'ruleId') || DEFAULT_META.ruleId,
    opId: textField(value, 'opId') || DEFAULT_META.opId,
    instanceId,
  };
  const problem = metaProblem(meta);
  if (problem !== null) throw new HostRefusal(problem);
  return meta;
}

/** The body of `/symbol/start` and `/symbol/stop`. */
export interface Control {
  readonly kind: SymbolKind;
  readonly symbol: string;
  /** Null when the body has none. */
  readonly meta: RuleMeta | null;
  /** Null when the body has none: a source then gets the configuration that eKuiper would make of its YAML. */
  readonly config: SymbolConfig | null;
  /** Only without `config`: the YAML group and the DATASOURCE of a stream. */
  readonly confKey: string | null;
  readonly dataSource: string | null;
}

/**
 * Decodes the body of eKuiper's test server, like Go and with its error text (`decode error …`). Throws HostRefusal.
 * Source: tools/plugin_server, docs/wire.md#plugin-test-server. `confKey` and the value `function` for `func` are
 * additions of kplugin.
 */
export function decodeControl(text: string): Control {
  const parsed = firstValue(text);
  if (!parsed.ok) throw new HostRefusal(`Invalid body: decode error ${parsed.message}`);
  const { root } = parsed;
  if (root.type !== 'object' && root.type !== 'null')
    throw wrong(root, 'value of type runtime.Control');
  const symbol = textMember(root, 'symbolName');
  if (symbol === null || symbol === '') {
    throw new HostRefusal(
      'Invalid body: symbolName is missing: the name of a source, sink or function',
    );
  }
  return {
    kind: kindIn(root),
    symbol,
    meta: metaIn(fieldOf(root, 'meta')),
    config: configIn(fieldOf(root, 'config')),
    confKey: textMember(root, 'confKey'),
    dataSource: textMember(root, 'dataSource'),
  };
}

function kindIn(root: JsonNode): SymbolKind {
  const type = textMember(root, 'pluginType') ?? '';
  const kind = KINDS.get(type);
  if (kind !== undefined) return kind;
  throw new HostRefusal(
    `Invalid body: pluginType ${type === '' ? 'is missing' : `"${type}" is unknown`}: it is "source", "sink" or "func"`,
  );
}

/** Missing parts are those of {@link DEFAULT_META}; the parts become the name of a socket. */
function metaIn(node: JsonNode | null): RuleMeta | null {
  if (node === null) return null;
  if (node.type !== 'object') throw wrong(node, 'struct field Control.meta of type runtime.Meta');
  const instance = fieldOf(node, 'instanceId');
  if (instance !== null && (instance.type !== 'number' || !/^-?\d+$/.test(instance.text))) {
    throw wrong(instance, 'struct field Meta.meta.instanceId of type int');
  }
  const meta = {
    ruleId: textMember(node, 'ruleId', 'Meta.meta') || DEFAULT_META.ruleId,
    opId: textMember(node, 'opId', 'Meta.meta') || DEFAULT_META.opId,
    instanceId: instance?.type === 'number' ? instance.value : DEFAULT_META.instanceId,
  };
  const problem = metaProblem(meta);
  if (problem !== null) throw new HostRefusal(`Invalid body: ${problem}`);
  return meta;
}

/** Why a meta cannot be part of a socket's name; null when it can. */
function metaProblem({ ruleId, opId }: RuleMeta): string | null {
  for (const [key, value] of Object.entries({ ruleId, opId })) {
    if (/[/\\\0]/.test(value)) return `meta.${key} names a socket, so it cannot have a slash`;
  }
  return null;
}

function configIn(node: JsonNode | null): SymbolConfig | null {
  if (node === null) return null;
  if (node.type !== 'object') {
    throw wrong(node, 'struct field Control.config of type map[string]interface {}');
  }
  if (depthOf(node, TEXT_LIMITS.jsonDepth + 1) > TEXT_LIMITS.jsonDepth) {
    throw new HostRefusal(`Invalid body: ${TOO_DEEP}`);
  }
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value)]));
}

function textMember(node: JsonNode, key: string, struct = 'Control'): string | null {
  const value = fieldOf(node, key);
  if (value === null) return null;
  if (value.type !== 'string') throw wrong(value, `struct field ${struct}.${key} of type string`);
  return value.value;
}

function wrong(node: JsonNode, what: string): HostRefusal {
  const { message } = mismatch(node, `Go ${what}`);
  return new HostRefusal(`Invalid body: decode error ${message}`);
}
