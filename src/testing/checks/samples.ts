/** Values of each declared type: usual ones first. `bytea` travels as base64. */
const SAMPLES: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['string', ['abc', '1', '{"a":1}', '2026-01-02T03:04:05Z', '127.0.0.1', 'YWJj']],
  ['text', ['abc', '1', '{"a":1}', '2026-01-02T03:04:05Z', '127.0.0.1', 'YWJj']],
  ['int', [1, 2, 10, 0, -1, 1_767_323_045_000]],
  ['float', [1.5, 20.25, 1, 0, -1.5, 100]],
  ['bool', [true, false]],
  ['array', [[1, 2, 3], ['a', 'b'], [{ a: 1 }], [], [1.5], [[1]]]],
  ['object', [{ a: 1 }, { name: 'abc', value: 1.5 }, {}, { id: 1, value: 'abc' }]],
  ['bytea', ['YWJj']],
  ['', ['abc', 1, 1.5, { a: 1 }, [1, 2, 3], true]],
]);

/** Other names of the types in the metadata of functions. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['integer', 'int'],
  ['bigint', 'int'],
  ['long', 'int'],
  ['number', 'float'],
  ['double', 'float'],
  ['boolean', 'bool'],
  ['list', 'array'],
  ['struct', 'object'],
  ['map', 'object'],
  ['bytes', 'bytea'],
]);

/** The number of different samples that {@link sampleArguments} can make. */
export const MOST_SAMPLES = 6;

/**
 * Returns made-up arguments of declared types (`string`, `int` …, empty for unknown). `index`: which of the samples, from
 * 0. An aggregate function gets the values of a window: a list for each argument.
 */
export function sampleArguments(
  types: readonly string[],
  index: number,
  isAggregate: boolean,
): unknown[] {
  return types.map((type) => {
    const values = SAMPLES.get(SAME_AS.get(type) ?? type) ?? SAMPLES.get('') ?? [];
    const value = values[index % values.length];
    return isAggregate ? [value, values[0], value] : value;
  });
}
