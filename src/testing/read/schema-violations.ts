import { exactMember, type JsonNode, type Span } from '../../model/json/node.ts';
import {
  type Described,
  type Part,
  partAt,
  placeOfMissing,
  type SchemaError,
  stepsOf,
} from '../../model/schema/validator.ts';
import { isSymbolKind, SYMBOL_KINDS } from '../../model/symbol.ts';
import { type Mistake, unknownKey } from '../case/mistakes.ts';
import { validateCases } from './cases.generated.js';

/** A violation of the schema and its position. */
interface Violation extends Part {
  readonly keyword: string;
  readonly params: SchemaError['params'];
  /**
   * The key of `#/allOf/0/then/dependencies/result/anyOf` that makes other keys required; null for all other errors.
   */
  readonly dependency: string | null;
  readonly about: Described;
  /** The last key of the path to the value, for an item that of its list; empty for the file itself. */
  readonly name: string;
  readonly isItem: boolean;
}

/** Keywords that only report that a nested schema was violated, which has an error of its own. */
const SILENT = new Set(['if', 'propertyNames']);

/**
 * Converts schema errors to mistakes, with the known keys, examples and descriptions of the schema. `node` is the
 * value at the JSON pointer `above`, which contains all errors. A generator, because the caller may need only the
 * first ones.
 */
export function* schemaViolations(
  errors: readonly SchemaError[],
  node: JsonNode,
  above: string,
): Generator<Mistake> {
  const reported = new Set<Span>();
  const foreign = new Set<string>();
  for (const error of errors) {
    // The content of a key that does not belong there is not reported.
    const [first] = stepsOf(error.instancePath.slice(above.length));
    if (first !== undefined && foreign.has(first)) continue;
    const isChoice = /\/(any|one)Of\/\d+\/required$/.test(error.schemaPath);
    const part = partAt(node, error.instancePath.slice(above.length));
    if (isChoice || SILENT.has(error.keyword) || part === null) continue;
    const violation = violationOf(error, part);
    const key = error.propertyName ?? error.params['additionalProperty'];
    if (typeof key !== 'string') {
      yield wrongValue(violation);
      continue;
    }
    const at = spanOfKey(violation, key);
    if (error.keyword === 'enum' && first === undefined) foreign.add(key);
    // A key that no case knows is also unknown to its kind of case, which has fewer keys. A matcher gets one mistake
    // for all keys next to it.
    const once = error.keyword === 'pattern' ? violation.node : at;
    if (!reported.has(once)) yield wrongKey(violation, key, at);
    reported.add(once);
  }
}

function violationOf(error: SchemaError, part: Part): Violation {
  const { keyword, params, schemaPath, instancePath, about = {} } = error;
  const [, key] = /\/dependencies\/([^/]+)\//.exec(schemaPath) ?? [];
  const dependency = key === undefined ? null : decodeURIComponent(key);
  const steps = stepsOf(instancePath);
  const name = steps.findLast((step) => !/^\d+$/.test(step)) ?? '';
  const isItem = steps.length > 0 && steps.at(-1) !== name;
  return { ...part, keyword, params, dependency, about, name, isItem };
}

function wrongKey(violation: Violation, key: string, at: Span): Mistake {
  const { about, params, keyword, node } = violation;
  if (keyword === 'additionalProperties') {
    const what = violation.name === '' ? 'a case file' : (about.title ?? '');
    return unknownKey(key, at, Object.keys(about.properties ?? {}), what);
  }
  if (keyword === 'enum') return foreignKey(key, at, wordsIn(params), about.title ?? '');
  if (keyword === 'pattern' && about.title !== undefined) return wrongName(key, at, violation);
  const members = node.type === 'object' ? node.members : [];
  const beside = violation.dependency ?? members.find((one) => one.key.startsWith('$'))?.key ?? '';
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

/** A key that the author chooses, such as the name of a variable. */
function wrongName(key: string, at: Span, { about }: Violation): Mistake {
  return {
    rule: 'case-unknown-key',
    at,
    message: `"${key}" is not ${about.title}`,
    why: about.errorMessage ?? '',
    hint: 'Write another name, or leave it out',
  };
}

/** A key that belongs to another kind of symbol is not a spelling mistake. */
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

/** Looks the key up in the schema. */
function isKeyOf(kind: string, key: string): boolean {
  validateCases({ cases: [{ name: 'x', [kind]: 'x', [key]: null }] });
  return !validateCases.errors?.some(({ params }) => params['propertyName'] === key);
}

function wrongValue(violation: Violation): Mistake {
  switch (violation.keyword) {
    case 'required':
      return missingKey(violation);
    case 'dependencies':
      return aloneKey(violation);
    case 'oneOf':
      return wrongChoice(violation);
    case 'anyOf':
      return noChoice(violation);
    case 'enum':
      return wrongWord(violation);
    case 'minItems':
    case 'minProperties':
      return nothingIn(violation);
    default:
      return wrongType(violation);
  }
}

function missingKey({ about, params, ...part }: Violation): Mistake {
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

/** `$near` without `$by`, or the reverse. */
function aloneKey(violation: Violation): Mistake {
  const key = String(violation.params['property']);
  const missing = String(violation.params['missingProperty']);
  return {
    rule: 'case-missing-key',
    at: spanOfKey(violation, key),
    message: `${key} stands without ${missing}`,
    why: violation.about.properties?.[key]?.description ?? '',
    hint: `Write for example { ${key}: 1, ${missing}: 1 }`,
  };
}

/** None of the keys of which exactly one is required, or more than one. */
function wrongChoice(violation: Violation): Mistake {
  const choices = (violation.about.oneOf ?? []).flatMap(({ required = [] }) => required);
  const keys = keysAsWritten(violation);
  const [first, second] = keys.filter((key) => choices.includes(key));
  const isCase = choices.every(isSymbolKind);
  if (second === undefined) {
    return {
      rule: 'case-missing-key',
      at:
        isCase && keys.includes('name') ? spanOfKey(violation, 'name') : placeOfMissing(violation),
      message: isCase
        ? 'this case names no symbol'
        : `${violation.about.title} needs ${choices.join(' or ')}`,
      why: isCase ? 'it tests a function, a source or a sink' : 'one of them says what is expected',
      hint: `Add ${choices.map((choice) => `${choice}: …`).join(' or ')}`,
    };
  }
  return {
    rule: isCase ? 'case-two-symbols' : 'case-never-holds',
    at: spanOfKey(violation, second),
    message: isCase
      ? `this case is for a ${first} and a ${second}`
      : `${second} stands beside ${first}`,
    why: isCase ? 'each case tests one symbol' : 'only one of them can be there',
    hint: isCase ? 'Make two cases of it' : `Remove ${second} or ${first}`,
  };
}

/** None of the keys of which at least one is required: for the symbol of a case, or for another key. */
function noChoice(violation: Violation): Mistake {
  const { dependency, about } = violation;
  const choices = (about.anyOf ?? []).flatMap(({ required = [] }) => required);
  return {
    rule: dependency === null ? 'case-missing-key' : 'case-never-holds',
    at: spanOfKey(violation, dependency ?? keysAsWritten(violation).find(isSymbolKind) ?? ''),
    ...splitMessage(about, ''),
    hint: `Add ${choices.join(' or ')}`,
  };
}

/** A text that is none of the allowed ones, or no text. */
function wrongWord({ params, name, node }: Violation): Mistake {
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

function nothingIn({ member, node, name }: Violation): Mistake {
  return {
    rule: 'case-never-holds',
    at: member?.keySpan ?? node,
    message: `${name} is empty`,
    why: 'nothing would be tested by it',
    hint: `List what is expected, or leave ${name} out`,
  };
}

function wrongType({ about, name, isItem, node }: Violation): Mistake {
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

/** Splits the message of the schema from its reason, which follows a colon or is in its description. */
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

function wordsIn(params: Violation['params']): string[] {
  const allowed: readonly unknown[] = [params['allowedValues']].flat();
  return allowed.filter((value) => typeof value === 'string');
}

function keysAsWritten({ node }: Violation): string[] {
  const members = node.type === 'object' ? node.members : [];
  return members.toSorted((a, b) => a.keySpan.start - b.keySpan.start).map(({ key }) => key);
}

function spanOfKey({ node }: Violation, key: string): Span {
  return exactMember(node, key)?.keySpan ?? node;
}
