import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { Chars, type ReadonlyFlags, toUnicodeSet } from 'regexp-ast-analysis';
import { analyse } from 'scslre';

/** What V8 tries at each beginning may be this long: times 1 MB it is still a fraction of a second. */
const SHORT = 256;

/**
 * Why a regular expression may need more than linear time, one sentence each; empty where it does not.
 * scslre finds what one repeated character does. What it leaves out is looked for here, a little too strictly: a
 * match that is begun at many places and reads on to the end from each of them, as /ab.*c/ does in "abab…", and
 * two runs that can share what is between them in many ways, as in /^(?:<[^]*?>)*!/ and /^.*ab.*c/.
 */
export function superLinear(source: string, flags: string): string[] {
  const { reports } = analyse({ source, flags });
  return [
    ...reports.map(({ type, character }) => `${type}: ${JSON.stringify(character.pick)} repeated`),
    ...longRuns(source, flags),
  ];
}

interface Place {
  readonly flags: ReadonlyFlags;
  /** Everything that is read before, in order. */
  readonly before: readonly AST.Element[];
  /** Everything that comes after; it may fail. */
  readonly after: readonly AST.Element[];
}

function longRuns(source: string, flags: string): string[] {
  const parser = new RegExpParser();
  const modes = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  const pattern = parser.parsePattern(source, 0, source.length, modes);
  const read = parser.parseFlags(flags, 0, flags.length);
  const found: string[] = [];
  for (const { elements } of pattern.alternatives) {
    visit(elements, { flags: read, before: [], after: [] }, found);
  }
  return found;
}

function visit(elements: readonly AST.Element[], around: Place, found: string[]): void {
  elements.forEach((element, index) => {
    const before = [...around.before, ...elements.slice(0, index)];
    const after = [...elements.slice(index + 1), ...around.after];
    const place = { flags: around.flags, before, after };
    if (isLong(element) && after.some((one) => canFail(one, element, place.flags))) {
      if (rereads(element, place)) found.push(`${element.raw} is read from many places`);
      if (shares(element, place)) found.push(`${element.raw} shares with a run before it`);
      if (beginsAlike(element, place)) found.push(`the choices of ${element.raw} begin alike`);
      if (nests(element, place)) found.push(`${element.raw} shares with a run inside it`);
    }
    for (const inner of innerOf(element)) visit(inner, place, found);
  });
}

function innerOf(element: AST.Element): readonly (readonly AST.Element[])[] {
  if (element.type === 'Quantifier') return innerOf(element.element);
  if (element.type === 'CharacterClass') return [];
  if ('alternatives' in element) {
    return element.alternatives.flatMap((one) => ('elements' in one ? [one.elements] : []));
  }
  return [];
}

function isLong(element: AST.Element): element is AST.Quantifier {
  return element.type === 'Quantifier' && element.max > SHORT;
}

/** Whether the beginning can stand again and again in what is read. */
function rereads(long: AST.Quantifier, { before, flags }: Place): boolean {
  const isAnchored = before.some(
    (one) => one.type === 'Assertion' && one.kind === 'start' && !flags.multiline,
  );
  if (isAnchored || flags.sticky) return false;
  const read = charactersOf(long.element, flags);
  return before.every((one) => fits(one, read, flags));
}

/** Whether a run before it can take what it reads, and all that is between them. */
function shares(long: AST.Quantifier, { before, flags }: Place): boolean {
  const read = charactersOf(long.element, flags);
  return before.some((other, index) => {
    if (!isLong(other)) return false;
    const both = charactersOf(other.element, flags).intersect(read);
    return (
      fits(long.element, both, flags) &&
      before.slice(index + 1).every((one) => fits(one, both, flags))
    );
  });
}

/** Whether a run inside of what is repeated can take a whole repetition. */
function nests(long: AST.Quantifier, { flags }: Place): boolean {
  return innerOf(long).some((body) =>
    body.some((run) => {
      if (!isLong(run)) return false;
      const read = charactersOf(run.element, flags);
      return body.every((one) => fits(one, read, flags));
    }),
  );
}

/** Whether two of the choices that are repeated can begin with the same character. */
function beginsAlike(long: AST.Quantifier, { flags }: Place): boolean {
  const first = innerOf(long).map(([one]) => one && charactersOf(one, flags));
  return first.some((one, index) =>
    first.slice(index + 1).some((other) => one && other && !one.isDisjointWith(other)),
  );
}

/** What reads all there is leaves nothing for `$` to fail at. */
function canFail(element: AST.Element, long: AST.Quantifier, flags: ReadonlyFlags): boolean {
  if (element.type === 'Quantifier') return element.min > 0;
  if (element.type !== 'Assertion' || element.kind !== 'end') return true;
  return !charactersOf(long.element, flags).isAll;
}

function charactersOf(element: AST.Element, flags: ReadonlyFlags) {
  let all = Chars.empty(flags);
  const add = (one: AST.Element): void => {
    if (one.type === 'Character' || one.type === 'CharacterSet' || one.type === 'CharacterClass') {
      all = all.union(toUnicodeSet(one, flags).chars);
    } else if (one.type === 'Quantifier') add(one.element);
    else for (const inner of innerOf(one)) inner.forEach(add);
  };
  add(element);
  return all;
}

function fits(
  element: AST.Element,
  read: ReturnType<typeof charactersOf>,
  flags: ReadonlyFlags,
): boolean {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return !toUnicodeSet(element, flags).chars.isDisjointWith(read);
    case 'Quantifier':
      return element.min === 0 || fits(element.element, read, flags);
    case 'Group':
    case 'CapturingGroup':
      return innerOf(element).some((inner) => inner.every((one) => fits(one, read, flags)));
    // `^` with the flag m stands after a line end.
    case 'Assertion':
      return element.kind !== 'start' || read.has(0x0a);
    default:
      return true;
  }
}
