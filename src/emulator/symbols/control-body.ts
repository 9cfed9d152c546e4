import { depthOf } from '../../model/json/depth.ts';
import { fieldOf } from '../../model/json/member.ts';
import type { JsonNode } from '../../model/json/node.ts';
import { plainValue } from '../../model/json/plain.ts';
import type { SymbolKind } from '../../model/symbol.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { firstValue, mismatch } from '../http/go-body.ts';
import type { RuleMeta, SymbolConfig } from '../runtime/contract.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { DEFAULT_META } from './meta.ts';

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

/** The call stack is too small for the 10,000 levels that Go reads. */
export const TOO_DEEP = `the body exceeded max depth: kplugin serve takes ${TEXT_LIMITS.jsonDepth} levels, eKuiper 10000`;

const KINDS: ReadonlyMap<string, SymbolKind> = new Map([
  ['source', 'source'],
  ['sink', 'sink'],
  ['func', 'function'],
  ['function', 'function'],
]);

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
  const symbol = textField(root, 'symbolName');
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
    confKey: textField(root, 'confKey'),
    dataSource: textField(root, 'dataSource'),
  };
}

function kindIn(root: JsonNode): SymbolKind {
  const type = textField(root, 'pluginType') ?? '';
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
    ruleId: textField(node, 'ruleId', 'Meta.meta') || DEFAULT_META.ruleId,
    opId: textField(node, 'opId', 'Meta.meta') || DEFAULT_META.opId,
    instanceId: instance?.type === 'number' ? instance.value : DEFAULT_META.instanceId,
  };
  const problem = metaProblem(meta);
  if (problem !== null) throw new HostRefusal(`Invalid body: ${problem}`);
  return meta;
}

/** Why a meta cannot be part of a socket's name; null when it can. */
export function metaProblem({ ruleId, opId }: RuleMeta): string | null {
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

function textField(node: JsonNode, key: string, struct = 'Control'): string | null {
  const value = fieldOf(node, key);
  if (value === null) return null;
  if (value.type !== 'string') throw wrong(value, `struct field ${struct}.${key} of type string`);
  return value.value;
}

function wrong(node: JsonNode, what: string): HostRefusal {
  const { message } = mismatch(node, `Go ${what}`);
  return new HostRefusal(`Invalid body: decode error ${message}`);
}
