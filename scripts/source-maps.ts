import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

/**
 * Reduces a source map to one segment per source line, without columns: about a third of its size. Segments of npm
 * packages and generated modules map to no source; a stack trace shows the position in the bundle for them.
 */
export function oneSegmentPerLine(json: string): string {
  const { version, sources, mappings } = JSON.parse(json) as {
    readonly version: number;
    readonly sources: readonly string[];
    readonly mappings: string;
  };
  const own = sources.filter((source) => !/node_modules\/|\.generated\.js$/.test(source));
  const places = sources.map((source) => own.indexOf(source));
  let last: SourceMapSegment = [0];
  const lines = decode(mappings).map((segments) =>
    segments
      .map((segment) => ownPlace(segment, places))
      .filter((segment, index) => {
        const isNew = index === 0 && segment.length > 1;
        const begins = isNew || segment[1] !== last[1] || segment[2] !== last[2];
        last = segment;
        return begins;
      }),
  );
  return JSON.stringify({ version, sources: own, names: [], mappings: encode(lines) });
}

/** The segment without its column, with the index of its source in `places`; a negative index marks a package. */
function ownPlace(segment: SourceMapSegment, places: readonly number[]): SourceMapSegment {
  const [column, source = -1, line = 0] = segment;
  const place = places[source] ?? -1;
  return place < 0 ? [column] : [column, place, line, 0];
}
