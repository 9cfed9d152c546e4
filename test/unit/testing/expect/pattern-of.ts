import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { sourceText } from '../../../../src/model/source-text.ts';
import { Mistakes } from '../../../../src/testing/case/mistakes.ts';
import type { Pattern } from '../../../../src/testing/case/pattern.ts';
import { compilePattern } from '../../../../src/testing/read/pattern/compile-pattern.ts';

/** The pattern that a case file with this value has. */
export function patternOf(value: unknown): Pattern {
  const text = JSON.stringify(value);
  const json = parseGoJson(text);
  if (!json.ok) throw new Error(json.message);
  const mistakes = new Mistakes('a.json', sourceText(text));
  const pattern = compilePattern(json.root, mistakes);
  const [first] = mistakes.found;
  if (first) throw new Error(`${first.message}: ${first.effect}`);
  return pattern;
}
