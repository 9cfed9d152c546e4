import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../bin/run.ts';

interface Output {
  readonly inputs: Record<string, unknown>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly entryPoint?: string;
}

const { outputs }: { outputs: Record<string, Output> } = JSON.parse(
  readFileSync(path.join(ROOT, 'dist/meta.json'), 'utf8'),
);

/** The npm packages in a chunk and in all that it loads without being asked. */
function packagesOf(chunk: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(chunk)) {
    seen.add(chunk);
    for (const { path: next, kind } of outputs[chunk]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[next]) packagesOf(next, seen);
    }
  }
  const inputs = [...seen].flatMap((one) => Object.keys(outputs[one]?.inputs ?? {}));
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

it('ajv is nowhere in what is published: its validators are', () => {
  const all = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  expect(all.filter((input) => input.includes('node_modules/ajv'))).toEqual([]);
  expect(all).toContain('src/lint/schema/validators.generated.js');
});

it('validate loads the reader of zips and the YAML parser only when it needs them', () => {
  const [chunk] = Object.entries(outputs).filter(
    ([, { entryPoint }]) => entryPoint === 'src/cli/actions/validate.ts',
  );
  expect([...packagesOf(chunk?.[0] ?? '')]).toEqual(['ignore']);
});
