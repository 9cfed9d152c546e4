/** The bytes of a hex dump with offsets. */
export interface HexDump {
  readonly bytes: Buffer;
  /** Offset of its first row in the text. */
  readonly at: number;
}

/** A row of xxd, `hexdump -C` or `od -A x -t x1`: an offset, then bytes, single or in pairs. */
const ROW =
  /^[ \t]{0,8}[0-9a-fA-F]{6,8}:?[ \t]{1,4}((?:[0-9a-fA-F]{2}){1,4}(?:[ \t]{1,2}(?:[0-9a-fA-F]{2}){1,4}){0,32})(?=[ \t]{0,80}(?:$|\r|[ \t]{2}))/;
/** The smallest private key, in DER, has 48 bytes. */
const FEWEST = 40;

/** Yields the dumps in a text, decoded: consecutive rows. One pass. */
export function* hexDumps(text: string): Generator<HexDump> {
  let rows: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const row = end - at < SHORTEST_ROW ? undefined : rowIn(text, at, end);
    if (row === undefined) {
      if (rows.length === 0) {
        at = end + 1;
        continue;
      }
      yield* dumpOf(rows, start);
      rows = [];
    } else {
      if (rows.length === 0) start = at;
      rows.push(row);
    }
    at = end + 1;
  }
  yield* dumpOf(rows, start);
}

const LONGEST_ROW = 240;
/** An offset, a blank and a byte: shorter lines are skipped. */
const SHORTEST_ROW = 9;

function rowIn(text: string, at: number, end: number): string | undefined {
  return ROW.exec(text.slice(at, Math.min(end, at + LONGEST_ROW)))?.[1];
}

function* dumpOf(rows: readonly string[], at: number): Generator<HexDump> {
  const bytes = Buffer.from(rows.join('').replace(/[ \t]+/g, ''), 'hex');
  if (bytes.length >= FEWEST) yield { bytes, at };
}
