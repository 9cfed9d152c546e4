import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

/**
 * A source map that knows lines and no columns: of the segments that lie in the same line of the same source one after
 * the other, the first, and it leads to the beginning of that line. A third of the size, and a fifth less of what is left.
 */
export function oneSegmentPerLine(json: string): string {
  const { version, sources, mappings } = JSON.parse(json) as {
    readonly version: number;
    readonly sources: readonly string[];
    readonly mappings: string;
  };
  const lines = decode(mappings).map((segments) => segments.filter(beginsALine).map(atLine));
  return JSON.stringify({ version, sources, names: [], mappings: encode(lines) });
}

function atLine([column, source, line]: SourceMapSegment): SourceMapSegment {
  return source === undefined || line === undefined ? [column] : [column, source, line, 0];
}

function beginsALine(
  segment: SourceMapSegment,
  index: number,
  line: readonly SourceMapSegment[],
): boolean {
  if (segment.length === 1) return false;
  const before = line[index - 1];
  return before?.length === 1 || before?.[1] !== segment[1] || before[2] !== segment[2];
}
