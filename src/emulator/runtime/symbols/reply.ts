import { isDeeper } from '../../../model/json/depth.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { goValue } from '../go-value.ts';
import { HostRefusal } from '../refusal.ts';

/** What a function answers: `{"state":true,"result":…}`, or state false and its error as the result. */
export interface FunctionReply {
  readonly state: boolean;
  readonly result: unknown;
}

/** Null when the bytes are no such reply; a missing state is false, as in Go. */
export function decodeReply(body: Buffer): FunctionReply | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const state = 'state' in value ? value.state : false;
    if (typeof state !== 'boolean') return null;
    const result = 'result' in value ? value.result : null;
    if (!isDeeper(result, TEXT_LIMITS.jsonDepth)) return { state, result };
    // What cannot be written again: to the symbol API, the log and the cases.
    const words = `kplugin follows what a function answers ${TEXT_LIMITS.jsonDepth} levels deep, and no deeper`;
    return { state: false, result: words };
  } catch {
    return null;
  }
}

/** The result of `Exec`. Throws HostRefusal with the function's error (function.go Exec). */
export function resultOf(body: Buffer): unknown {
  const reply = decodeReply(body);
  if (reply === null) {
    throw new HostRefusal(`Failed to unmarshal function result ${body.toString('utf8')}`);
  }
  if (reply.state) return reply.result;
  throw new HostRefusal(typeof reply.result === 'string' ? reply.result : goValue(reply.result));
}

/** Throws HostRefusal when `Validate` said no (function.go Validate). */
export function checkValidated(body: Buffer): void {
  const reply = decodeReply(body);
  if (reply === null) {
    throw new HostRefusal(`cannot decode the answer to Validate: ${body.toString('utf8')}`);
  }
  if (reply.state) return;
  const got = `&{State:false Result:${goValue(reply.result)}}`;
  throw new HostRefusal(`validate return state is false, got ${got}`);
}

/** Null when the answer is no boolean: eKuiper says false then, and asks again the next time. */
export function aggregateOf(body: Buffer): boolean | null {
  const reply = decodeReply(body);
  return reply?.state && typeof reply.result === 'boolean' ? reply.result : null;
}
