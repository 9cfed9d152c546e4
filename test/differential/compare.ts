import { expect } from 'vitest';
import { askGo, type GoAnswer, type TextKind } from './text-oracle.ts';

interface Comparison {
  /** Of the closing line, as in `differential json: 20000 mutants …`. */
  readonly name: string;
  readonly kind: TextKind;
  readonly texts: readonly Uint8Array[];
  readonly seed: number;
  /** What kplugin makes of a text; null for one that it does not read because of a limit of its own. */
  readonly ours: (text: Uint8Array) => GoAnswer | null;
  /** Whether two refusals are the same; left out, they always are. */
  readonly sameRefusal?: (go: string, own: string) => boolean;
}

/** Tests that kplugin and Go accept the same texts with the same values, and says how many they were. */
export async function expectSameAsGo(comparison: Comparison): Promise<void> {
  const { name, kind, texts, seed, ours, sameRefusal = () => true } = comparison;
  const answers = await askGo(kind, texts);
  const differing: object[] = [];
  let accepted = 0;
  let passedOver = 0;
  for (const [place, text] of texts.entries()) {
    const [go, own] = [answers[place], ours(text)];
    if (go?.ok) accepted += 1;
    if (own === null) passedOver += 1;
    if (go === undefined || !isSame(go, own, sameRefusal))
      differing.push({ text: Buffer.from(text).toString('latin1'), go, own });
  }
  process.stdout.write(
    `differential ${name}: ${texts.length} mutants, seed ${seed}, ${accepted} accepted, ` +
      `${passedOver} beyond kplugin's own limits, ${differing.length} mismatches\n`,
  );
  expect({ count: differing.length, first: differing.slice(0, 5) }).toEqual({
    count: 0,
    first: [],
  });
  // Texts of one kind alone would show nothing, nor would those that kplugin does not read.
  expect(passedOver).toBeLessThan(texts.length / 100);
  for (const count of [accepted, texts.length - accepted]) {
    expect(count).toBeGreaterThan(texts.length / 20);
  }
}

function isSame(
  go: GoAnswer,
  own: GoAnswer | null,
  sameRefusal: (go: string, own: string) => boolean,
): boolean {
  if (own === null) return true;
  if (go.ok) return own.ok && go.value === own.value;
  return !own.ok && sameRefusal(go.message, own.message);
}
