import type { SymbolKind } from '../../../model/symbol.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import type { PythonBlock } from '../../program/python/blocks.ts';
import { methodsOf, type SymbolClass } from '../../program/python/symbol-classes.ts';
import { pythonSymbols } from '../../program/python-symbols.ts';
import { is } from '../../program/tokens/token.ts';

export const methodNeverRuns: Rule = {
  id: 'method-never-runs',
  severity: 'error',
  explanation: {
    means:
      'A method of a Python source, sink or function contains yield, or is written with async def. The SDK calls it as a ' +
      'plain method.',
    why:
      'Calling a generator or a coroutine runs none of its lines. With such an open() of a source eKuiper shows the rule ' +
      'as running, and no row ever comes (seen on 2.4.0); the SDK logs nothing.',
    issues: [],
    bad: 'class Cam(Source):\n  def open(self, ctx):\n    while True: yield read()',
    good: 'class Cam(Source):\n  def open(self, ctx):\n    while True: ctx.emit(read(), None)',
  },
  async check(subject) {
    const classes = await pythonSymbols(subject);
    return firstOf(classes.flatMap((one) => reportsOf(one)));
  },
};

/** The methods that matter, and what their silence means. `close` and `is_aggregate` are left out: eKuiper goes on. */
const EFFECTS: Readonly<Record<SymbolKind, ReadonlyMap<string, string>>> = {
  source: new Map([
    ['configure', 'the source gets no settings'],
    ['open', 'eKuiper shows the rule as running, and no row ever comes'],
  ]),
  sink: new Map([
    ['configure', 'the sink gets no settings'],
    ['open', 'the sink is never opened'],
    ['collect', 'eKuiper counts the rows as sent, and none is handled'],
  ]),
  function: new Map([
    ['validate', 'the answer is no text, and eKuiper refuses every rule that uses the function'],
    ['exec', 'the answer cannot become JSON, and eKuiper has an error in place of every result'],
  ]),
};

function reportsOf(one: SymbolClass): Report[] {
  return Array.from(EFFECTS[one.kind]).flatMap(([name, effect]) =>
    methodsOf(one, name).flatMap((method) => {
      const what = kindOf(method);
      if (what === null || method.isDecorated) return [];
      const { start, end } = method.name;
      return {
        file: one.file.path,
        at: { start, end },
        message: `${name}() of ${one.block.name.text} is a ${what}: calling it runs none of its lines`,
        effect: `The SDK calls it as a plain method; ${effect}`,
        hint: HINTS[what](name),
      };
    }),
  );
}

const HINTS = {
  generator: (name: string) =>
    name === 'open'
      ? 'Write ctx.emit(row, None) in place of yield row'
      : `Write ${name}() without yield`,
  coroutine: (name: string) =>
    `Write def ${name} without async; asynchronous code runs in it with asyncio.run(…)`,
} as const;

function kindOf({ isAsync, body }: PythonBlock): keyof typeof HINTS | null {
  if (isAsync) return 'coroutine';
  return body.some((token) => is(token, 'yield')) ? 'generator' : null;
}
