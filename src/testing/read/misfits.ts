import { exactMember } from '../../model/json/member.ts';
import type { JsonNode, Span } from '../../model/json/node.ts';
import { type Part, partAt, placeOfMissing, stepsOf } from '../../model/schema/place.ts';
import type { Described, SchemaError } from '../../model/schema/validator.ts';
import { isSymbolKind, SYMBOL_KINDS } from '../../model/symbol.ts';
import { type Mistake, unknownKey } from '../case/mistakes.ts';
import { validateCases } from './cases.generated.js';

/** What does not fit the schema, where it stands. */
interface Misfit extends Part {
  readonly keyword: string;
  readonly params: SchemaError['params'];
  /** The key of `#/allOf/0/then/dependencies/result/anyOf` that brings the others into play; null for all else. */
  readonly dependency: string | null;
  readonly about: Described;
  /** The last key on the way to the value, of an item that of its list; empty for the file itself. */
  readonly name: string;
  readonly isItem: boolean;
}

/** These only say that a schema within them was violated, which is reported by itself. */
const SILENT = new Set(['if', 'propertyNames']);

/**
 * What the schema found wrong, in words of the schema: the keys that there are, examples, descriptions. `node` is the
 * value at the JSON pointer `above`, in which all errors lie; the result comes one by one, as most may not be wanted.
 */
export function* misfits(
  errors: readonly SchemaError[],
  node: JsonNode,
  above: string,
): Generator<Mistake> {
  const reported = new Set<Span>();
  const foreign = new Set<string>();
  for (const error of errors) {
    // What a key holds that does not belong there is of no interest.
    const [first] = stepsOf(error.instancePath.slice(above.length));
    if (first !== undefined && foreign.has(first)) continue;
    const isChoice = /\/(any|one)Of\/\d+\/required$/.test(error.schemaPath);
    const part = partAt(node, error.instancePath.slice(above.length));
    if (isChoice || SILENT.has(error.keyword) || part === null) continue;
    const misfit = misfitOf(error, part);
    const key = error.propertyName ?? error.params['additionalProperty'];
    if (typeof key !== 'string') {
      yield wrongValue(misfit);
      continue;
    }
    const at = spanOfKey(misfit, key);
    if (error.keyword === 'enum' && first === undefined) foreign.add(key);
    // A key that no case knows is unknown to its kind of case too, which has fewer keys. A matcher has one quarrel with
    // all that stands beside it.
    const once = error.keyword === 'pattern' ? misfit.node : at;
    if (!reported.has(once)) yield wrongKey(misfit, key, at);
    reported.add(once);
  }
}

function misfitOf(error: SchemaError, part: Part): Misfit {
  const { keyword, params, schemaPath, instancePath, about = {} } = error;
  const [, key] = /\/dependencies\/([^/]+)\//.exec(schemaPath) ?? [];
  const dependency = key === undefined ? null : decodeURIComponent(key);
  const steps = stepsOf(instancePath);
  const name = steps.findLast((step) => !/^\d+$/.test(step)) ?? '';
  const isItem = steps.length > 0 && steps.at(-1) !== name;
  return { ...part, keyword, params, dependency, about, name, isItem };
}

function wrongKey(misfit: Misfit, key: string, at: Span): Mistake {
  const { about, params, keyword, node } = misfit;
  if (keyword === 'additionalProperties') {
    const what = misfit.name === '' ? 'a case file' : (about.title ?? '');
    return unknownKey(key, at, Object.keys(about.properties ?? {}), what);
  }
  if (keyword === 'enum') return foreignKey(key, at, wordsIn(params), about.title ?? '');
  const members = node.type === 'object' ? node.members : [];
  const beside = misfit.dependency ?? members.find((one) => one.key.startsWith('$'))?.key ?? '';
  const shown = keyword === 'pattern' && !key.startsWith('$') ? `"${key}"` : key;
  return {
    rule: 'case-never-holds',
    at,
    message: `${shown} stands beside ${beside}`,
    why: about.errorMessage ?? '',
    hint:
      beside === '$exactly' && shown !== key
        ? `Move ${shown} into $exactly`
        : `Remove ${shown} or ${beside}`,
  };
}

/** A key of another kind of symbol is not the same as a typing error. */
function foreignKey(key: string, at: Span, known: readonly string[], what: string): Mistake {
  const others = SYMBOL_KINDS.filter((kind) => isKeyOf(kind, key));
  if (others.length === 0) return unknownKey(key, at, known, what);
  return {
    rule: 'case-unknown-key',
    at,
    message: `"${key}" belongs to a ${others.join(' or a ')}`,
    why: `the keys of ${what} are ${known.join(', ')}`,
    hint: 'Move it to another case, or leave it out',
  };
}

/** The schema knows it. */
function isKeyOf(kind: string, key: string): boolean {
  validateCases({ cases: [{ name: 'x', [kind]: 'x', [key]: null }] });
  return !validateCases.errors?.some(({ params }) => params['propertyName'] === key);
}

function wrongValue(misfit: Misfit): Mistake {
  switch (misfit.keyword) {
    case 'required':
      return missingKey(misfit);
    case 'dependencies':
      return aloneKey(misfit);
    case 'oneOf':
      return wrongChoice(misfit);
    case 'anyOf':
      return noChoice(misfit);
    case 'enum':
      return wrongWord(misfit);
    case 'minItems':
    case 'minProperties':
      return nothingIn(misfit);
    default:
      return wrongType(misfit);
  }
}

function missingKey({ about, params, ...part }: Misfit): Mistake {
  const { title = '', examples: [example] = [] } = about;
  const key = String(params['missingProperty']);
  return {
    rule: 'case-missing-key',
    at: placeOfMissing(part),
    message: `${title} has no ${key}`,
    why: about.properties?.[key]?.description ?? 'it is needed, if only an empty one',
    hint: example === undefined ? `Add ${key}` : `Write for example ${JSON.stringify(example)}`,
  };
}

/** `$near` without `$by`, and the other way round. */
function aloneKey(misfit: Misfit): Mistake {
  const key = String(misfit.params['property']);
  const missing = String(misfit.params['missingProperty']);
  return {
    rule: 'case-missing-key',
    at: spanOfKey(misfit, key),
    message: `${key} stands without ${missing}`,
    why: misfit.about.properties?.[key]?.description ?? '',
    hint: `Write for example { ${key}: 1, ${missing}: 1 }`,
  };
}

/** None of the keys of which one has to be there, or more than one. */
function wrongChoice(misfit: Misfit): Mistake {
  const choices = (misfit.about.oneOf ?? []).flatMap(({ required = [] }) => required);
  const keys = keysAsWritten(misfit);
  const [first, second] = keys.filter((key) => choices.includes(key));
  const isCase = choices.every(isSymbolKind);
  if (second === undefined) {
    return {
      rule: 'case-missing-key',
      at: isCase && keys.includes('name') ? spanOfKey(misfit, 'name') : placeOfMissing(misfit),
      message: isCase
        ? 'this case names no symbol'
        : `${misfit.about.title} needs ${choices.join(' or ')}`,
      why: isCase ? 'it tests a function, a source or a sink' : 'one of them says what is expected',
      hint: `Add ${choices.map((choice) => `${choice}: …`).join(' or ')}`,
    };
  }
  return {
    rule: isCase ? 'case-two-symbols' : 'case-never-holds',
    at: spanOfKey(misfit, second),
    message: isCase
      ? `this case is for a ${first} and a ${second}`
      : `${second} stands beside ${first}`,
    why: isCase ? 'each case tests one symbol' : 'only one of them can be there',
    hint: isCase ? 'Make two cases of it' : `Remove ${second} or ${first}`,
  };
}

/** None of the keys of which at least one has to be there: for the symbol of a case, or for another key. */
function noChoice(misfit: Misfit): Mistake {
  const { dependency, about } = misfit;
  const choices = (about.anyOf ?? []).flatMap(({ required = [] }) => required);
  return {
    rule: dependency === null ? 'case-missing-key' : 'case-never-holds',
    at: spanOfKey(misfit, dependency ?? keysAsWritten(misfit).find(isSymbolKind) ?? ''),
    ...splitMessage(about, ''),
    hint: `Add ${choices.join(' or ')}`,
  };
}

/** A text that is none of a few, or no text. */
function wrongWord({ params, name, node }: Misfit): Mistake {
  const known = wordsIn(params);
  if (node.type === 'string') return unknownKey(node.value, node, known, name);
  return {
    rule: 'case-wrong-type',
    at: node,
    message: `${name} is none of ${known.join(', ')}`,
    why: 'it has to be one',
    hint: `Write for example ${name}: ${known[0]}`,
  };
}

function nothingIn({ member, node, name }: Misfit): Mistake {
  return {
    rule: 'case-never-holds',
    at: member?.keySpan ?? node,
    message: `${name} is empty`,
    why: 'nothing would be tested by it',
    hint: `List what is expected, or leave ${name} out`,
  };
}

function wrongType({ about, name, isItem, node }: Misfit): Mistake {
  const { examples: [example] = [] } = about;
  const what = isItem ? (about.title ?? `an item of ${name}`) : name;
  const shown = `${isItem ? '' : `${name}: `}${JSON.stringify(example)}`;
  return {
    rule: 'case-wrong-type',
    at: node,
    ...splitMessage(about, `${what} is no ${wantedBy(about)}`),
    hint: example === undefined ? 'Begin it with cases:' : `Write for example ${shown}`,
  };
}

const TYPE_WORDS = new Map([
  ['array', 'list'],
  ['object', 'mapping'],
  ['string', 'text'],
]);

function wantedBy({ type = 'value', minimum, maximum }: Described): string {
  const types = [type].flat().filter((one) => one !== 'null');
  const words = types.map((one) => TYPE_WORDS.get(one) ?? one).join(' or ');
  if (minimum === undefined) return words;
  return `${words} from ${minimum} ${maximum === undefined ? 'up' : `to ${maximum}`}`;
}

/** The message of the schema, with the reason that it gives after a colon or in its description. */
function splitMessage(
  { errorMessage, description }: Described,
  otherwise: string,
): Pick<Mistake, 'message' | 'why'> {
  const [message = '', why = description ?? 'it has to be one'] = (errorMessage ?? otherwise).split(
    ': ',
    2,
  );
  return { message, why };
}

function wordsIn(params: Misfit['params']): string[] {
  const allowed: readonly unknown[] = [params['allowedValues']].flat();
  return allowed.filter((value) => typeof value === 'string');
}

function keysAsWritten({ node }: Misfit): string[] {
  const members = node.type === 'object' ? node.members : [];
  return members.toSorted((a, b) => a.keySpan.start - b.keySpan.start).map(({ key }) => key);
}

function spanOfKey({ node }: Misfit, key: string): Span {
  return exactMember(node, key)?.keySpan ?? node;
}
