import type { Row } from '../api/context.ts';
import type { Batch } from '../api/sink.ts';
import { isObject } from './command.ts';

/** A message to a sink that is decoded once, on first access. */
export class ReceivedBatch implements Batch {
  readonly bytes: Uint8Array;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined;
  #rows: readonly Row[] | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get text(): string {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#text ??= Buffer.from(buffer, byteOffset, byteLength).toString();
    return this.#text;
  }

  get json(): unknown {
    this.#json ??= { value: parsed(this.text) };
    return this.#json.value;
  }

  get rows(): readonly Row[] {
    const { json } = this;
    this.#rows ??= (Array.isArray(json) ? json : [json]).filter(isObject);
    return this.#rows;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
