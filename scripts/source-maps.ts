import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

/** What was bundled from packages: a frame there keeps its place in the bundle. */
const FOREIGN = /node_modules\/|^[\w-]+:/;

/**
 * A source map of our own sources that knows lines and no columns: of the segments that lie in the same line of the same
 * source one after the other, the first, and it leads to the beginning of that line. A quarter of the size.
 */
export function oneSegmentPerLine(json: string): string {
  const { version, sources, mappings } = JSON.parse(json) as {
    readonly version: number;
    readonly sources: readonly string[];
    readonly mappings: string;
  };
  const own = sources.filter((source) => !FOREIGN.test(source));
  const places = sources.map((source) => own.indexOf(source));
  const lines = decode(mappings).map((segments) =>
    segments
      .map((segment) => ownOf(segment, places))
      .filter(beginsALine)
      .map(atLine),
  );
  return JSON.stringify({ version, sources: own, names: [], mappings: encode(lines) });
}

function ownOf(segment: SourceMapSegment, places: readonly number[]): SourceMapSegment {
  const [column, source, line] = segment;
  const place = source === undefined ? -1 : (places[source] ?? -1);
  return place < 0 || line === undefined ? [column] : [column, place, line, 0];
}

function atLine([column, source, line]: SourceMapSegment): SourceMapSegment {
  return source === undefined || line === undefined ? [column] : [column, source, line, 0];
}

function beginsALine(
  segment: SourceMapSegment,
  index: number,
  line: readonly SourceMapSegment[],
): boolean {
  const before = line[index - 1];
  if (segment.length === 1) return before !== undefined && before.length > 1;
  return before?.length === 1 || before?.[1] !== segment[1] || before[2] !== segment[2];
}
