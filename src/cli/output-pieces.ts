/** So many characters are written at once: the text of 60,000 files in one piece is there three times. */
const PIECE = 256 * 1024;

/** A text, or the lines of one that are made when they are written. */
export type Text = string | Iterable<string>;

/** A text in large pieces that end where lines do; it gets a line feed at its end when it has none. */
export function* linePieces(text: Text): Generator<string> {
  let piece = '';
  for (const lines of typeof text === 'string' ? [text] : text) {
    piece += lines;
    if (piece.length < PIECE || !piece.endsWith('\n')) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece.endsWith('\n') ? piece : `${piece}\n`;
}

/** Longer lists are written item by item. */
const LONG_LIST = 1000;
/** Deeper values are written at once. */
const LEVELS = 4;

/** What JSON.stringify makes of a value, in pieces, and a line feed. */
export function* jsonLine(value: unknown): Generator<string> {
  let piece = '';
  for (const part of partsOf(value, LEVELS)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function* partsOf(value: unknown, levels: number): Generator<string> {
  if (levels > 0 && Array.isArray(value) && value.length > LONG_LIST) {
    yield '[';
    for (const [index, item] of value.entries()) {
      yield `${index === 0 ? '' : ','}${JSON.stringify(item) ?? 'null'}`;
    }
    yield ']';
  } else if (levels > 0 && isPlain(value)) {
    let glue = '{';
    for (const [key, member] of Object.entries(value)) {
      if (JSON.stringify(shallow(member)) === undefined) continue;
      yield `${glue}${JSON.stringify(key)}:`;
      glue = ',';
      yield* partsOf(member, levels - 1);
    }
    yield glue === '{' ? '{}' : '}';
  } else {
    yield JSON.stringify(value) ?? 'null';
  }
}

/** Whether a member is written at all only depends on its kind. */
function shallow(member: unknown): unknown {
  return typeof member === 'object' && member !== null ? 0 : member;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('toJSON' in value)
  );
}
