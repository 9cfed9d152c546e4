import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import type { PythonBlock } from '../../program/python/blocks.ts';
import { methodsOf, type SymbolClass } from '../../program/python/symbol-classes.ts';
import { pythonSymbols } from '../../program/python-symbols.ts';
import { insideOf, is, type Token } from '../../program/tokens/token.ts';

export const validateWithoutAnswer: Rule = {
  id: 'validate-without-answer',
  severity: 'error',
  explanation: {
    means: 'The validate method of a Python function never returns an empty text.',
    why:
      'eKuiper asks validate before anything else, with the arguments as SQL has them; the text it returns is an error, ' +
      'and only "" means that all is right. None (no return) and True are errors as well: the SDK compares with "". ' +
      'eKuiper then refuses every rule that uses the function.',
    issues: [],
    bad: 'def validate(self, args):\n    if len(args) != 1:\n        return "one argument is needed"',
    good: 'def validate(self, args):\n    if len(args) != 1:\n        return "one argument is needed"\n    return ""',
  },
  async check(subject) {
    const classes = await pythonSymbols(subject);
    const functions = classes.filter(({ kind }) => kind === 'function');
    return firstOf(functions.flatMap(reportOf));
  },
};

function reportOf(one: SymbolClass): Report[] {
  const [method, other] = methodsOf(one, 'validate');
  if (other || method?.isDecorated) return [];
  const what = method ? answerOf(method) : inheritedAnswer(one);
  if (what === null) return [];
  const { start, end } = (method ?? one.block).name;
  const name = one.block.name.text;
  return [
    {
      file: one.file.path,
      at: { start, end },
      message: method
        ? `validate() of ${name} ${what.does}`
        : `${name} has no validate(), and that of the SDK returns None`,
      effect: `eKuiper refuses every rule that uses the function: "validate function … error: ${what.words}"`,
      hint: method
        ? 'Return "" where the arguments are right: return "" as the last line'
        : 'Add it: def validate(self, args): return ""',
    },
  ];
}

interface Answer {
  readonly does: string;
  /** The answer as eKuiper shows it. */
  readonly words: string;
}

const stateWords = (result: string): string =>
  `validate return state is false, got &{State:false Result:${result}}.`;

const NOTHING: Answer = { does: 'returns nothing', words: stateWords('<nil>') };
const TEXT: Answer = { does: 'never returns ""', words: '…' };
/** How Go prints the values of Python that are no text. */
const VALUES: ReadonlyMap<string, Answer> = new Map([
  ['None', { does: 'returns None', words: stateWords('<nil>') }],
  ['True', { does: 'returns True', words: stateWords('true') }],
  ['False', { does: 'returns False', words: stateWords('false') }],
]);

/** Null when the method may return an empty text, or when another rule reports it. */
function answerOf({ body, isAsync }: PythonBlock): Answer | null {
  const has = (word: string): boolean => body.some((token) => is(token, word));
  if (isAsync || has('yield')) return null;
  const answers = returnsOf(body).map(fixedAnswer);
  if (answers.length === 0) return has('raise') ? null : NOTHING;
  if (answers.includes(null)) return null;
  // A text is for wrong arguments, the others are for right ones.
  return answers.find((answer) => answer !== TEXT) ?? TEXT;
}

function returnsOf(body: readonly Token[]): (readonly Token[])[] {
  return body.flatMap((token, at) => {
    if (!is(token, 'return')) return [];
    let end = at + 1;
    while (body[end] && body[end]?.type !== 'newline' && !is(body[end], ';')) end += 1;
    return [body.slice(at + 1, end)];
  });
}

/** What a return statement answers, if that is never an empty text; null when it may be. */
function fixedAnswer(value: readonly Token[]): Answer | null {
  const [first, more] = value;
  if (first === undefined) return NOTHING;
  if (more) return null;
  if (first.type === 'string') return mayBeEmpty(first) ? null : TEXT;
  return VALUES.get(first.text) ?? null;
}

/** `f"…{x}"` is no empty text when it has a character outside of its code. */
function mayBeEmpty({ text, holes }: Token): boolean {
  const code = holes.reduce((sum, { start, end }) => sum + end - start + '{}'.length, 0);
  return insideOf(text).length <= code;
}

/** The SDK's own method returns None; a class attribute of that name may replace it. */
function inheritedAnswer({ block, isDirect }: SymbolClass): Answer | null {
  return isDirect && !block.body.some(({ text }) => text === 'validate') ? NOTHING : null;
}
