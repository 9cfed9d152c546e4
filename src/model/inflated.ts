import { type InputType, inflateRawSync, type ZlibOptions } from 'node:zlib';

/** What deflated data unpacks to, and how many bytes make up that data: others may follow. */
export interface Inflated {
  readonly made: Buffer;
  readonly consumed: number;
}

/** Inflates at once. Throws what zlib throws. */
export function inflateAtOnce(packed: InputType, options: ZlibOptions): Inflated {
  // With `info`, which the types do not know, the engine comes with what it made.
  const withInfo: ZlibOptions = { ...options, info: true };
  const all: unknown = inflateRawSync(packed, withInfo);
  if (!(all instanceof Object && 'buffer' in all && 'engine' in all))
    throw new TypeError('no info');
  const { buffer, engine } = all;
  if (!(buffer instanceof Buffer && engine instanceof Object && 'bytesWritten' in engine))
    throw new TypeError('no info');
  return { made: buffer, consumed: Number(engine.bytesWritten) };
}
