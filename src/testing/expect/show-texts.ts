const BEFORE = 30;
const AFTER = 170;

/** Two different texts as JSON; of long ones the part where they begin to differ. */
export function showTexts(
  expected: string,
  received: string,
): { readonly expected: string; readonly received: string } {
  const longest = Math.max(expected.length, received.length);
  if (longest <= BEFORE + AFTER) {
    return { expected: JSON.stringify(expected), received: JSON.stringify(received) };
  }
  let first = 0;
  while (first < longest && expected[first] === received[first]) first += 1;
  const from = Math.max(0, first - BEFORE);
  return { expected: part(expected, from), received: part(received, from) };
}

function part(text: string, from: number): string {
  const to = Math.min(text.length, from + BEFORE + AFTER);
  const shown = JSON.stringify(text.slice(from, to));
  return `${from > 0 ? '…' : ''}${shown}${to < text.length ? '…' : ''} (${text.length} characters)`;
}
