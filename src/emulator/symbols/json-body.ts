import type { IncomingMessage } from 'node:http';
import { parseForeignJson, TooDeepError } from '../../model/json/bounded.ts';
import { readBody } from '../http/read-body.ts';
import type { RuleMeta, SymbolConfig } from '../runtime/contract.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { metaProblem, TOO_DEEP } from './control-body.ts';
import { DEFAULT_META } from './meta.ts';

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
