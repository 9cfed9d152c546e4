import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseForeignJson, TooDeepError } from '../../../../src/model/json/bounded.ts';
import { TEXT_LIMITS } from '../../../../src/model/text-limits.ts';

const SRC = fileURLToPath(new URL('../../../../src', import.meta.url));

/** What reads files of kplugin itself, counts the levels of one part, or needs no limit. */
const OTHERS = [
  'cli/failure-output.ts',
  'cli/failure.ts',
  'client/exported.ts',
  'commands/schema/run.ts',
  'emulator/runtime/symbols/function.ts',
  'emulator/runtime/symbols/source.ts',
  'model/json/bounded.ts',
  'scaffold/templates.ts',
];

it.each([
  ['lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
  ['objects', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
])('reads %s as deep as kplugin follows, and no deeper', (_, nested) => {
  expect(parseForeignJson(nested(TEXT_LIMITS.jsonDepth))).toBeTypeOf('object');
  expect(() => parseForeignJson(nested(TEXT_LIMITS.jsonDepth + 1))).toThrow(TooDeepError);
  expect(() => parseForeignJson(nested(200_000))).toThrow(TooDeepError);
});

it('throws SyntaxError for half of it', () => {
  expect(() => parseForeignJson('['.repeat(400_000))).toThrow(SyntaxError);
});

it('is how src/ reads JSON of others', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.split(path.sep).join('/'),
  );
  const direct = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.startsWith('sdk/') &&
      /\bJSON\.parse\(/.test(readFileSync(path.join(SRC, file), 'utf8')),
  );
  expect(direct.sort()).toEqual(OTHERS);
});
