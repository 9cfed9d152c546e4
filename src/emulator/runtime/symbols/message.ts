import { isDeeper } from '../../../model/json/depth.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { excerpt } from '../excerpt.ts';
import type { SourceMessage } from './contract.ts';

/** A message, or what eKuiper's log would say about one that is none. */
export type Decoded = SourceMessage | string;

type Row = Readonly<Record<string, unknown>>;

/**
 * What a source sent: `{"message":{…},"meta":{…}|null}`; its keys may have any letter case, as Go reads them.
 * Source: portable/runtime/source.go.
 */
export function decodeMessage(body: Buffer): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return undecodable(body, error instanceof Error ? error.message : String(error));
  }
  if (isDeeper(value, TEXT_LIMITS.jsonDepth)) {
    return undecodable(body, `it is deeper than the ${TEXT_LIMITS.jsonDepth} levels of kplugin`);
  }
  if (!isRow(value)) return undecodable(body, 'it is no object');
  const message = memberOf(value, 'message');
  const meta = memberOf(value, 'meta');
  if (isRow(message) && (meta === undefined || meta === null || isRow(meta))) {
    return { message, meta: meta ?? null, bytes: body.length };
  }
  return fault(body, value, message);
}

function fault(body: Buffer, value: Row, message: unknown): string {
  if (typeof value['error'] === 'string' && message === undefined) {
    return `the source reports an error, which eKuiper 2 drops: ${value['error']}`;
  }
  if (message === undefined || message === null) return undecodable(body, 'it has no "message"');
  return undecodable(body, '"message" and "meta" have to be objects');
}

function undecodable(body: Buffer, reason: string): string {
  return `Invalid data format, cannot decode ${excerpt(body)} to json format with error ${reason}`;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(row: Row, name: string): unknown {
  if (row[name] !== undefined) return row[name];
  const key = Object.keys(row).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : row[key];
}
