import { expect, it } from 'vitest';
import { replacedWords } from '../../../scripts/stats/words.ts';

it('sources, templates, pages and goldens have the words of the field, not our own', () => {
  expect(replacedWords()).toEqual([]);
});
