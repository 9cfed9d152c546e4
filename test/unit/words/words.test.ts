import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { replacedWords } from '../../../scripts/stats/words.ts';

/** A hint is printed behind `fix`: `fix  fix the program`. */
const REPEATED = /\b(?:hint|next)\b[^'"`;]{0,80}['"`]fix\b/gi;

it('sources, templates, pages and goldens have the words of the field, not our own', () => {
  expect(replacedWords()).toEqual([]);
});

it('no fix begins with the word of its label', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const repeats = files.flatMap((file) =>
    Array.from(readFileSync(path.join('src', file), 'utf8').matchAll(REPEATED), ([text]) => text),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(repeats).toEqual([]);
});
