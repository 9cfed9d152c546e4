import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PluginSymbol, SYMBOL_KINDS } from '../../../../src/model/symbol.ts';
import type { Registration } from '../../../../src/scaffold/add/register/insertion.ts';
import { registerGo } from '../../../../src/scaffold/add/register/register-go.ts';
import { registerPython } from '../../../../src/scaffold/add/register/register-python.ts';
import { type NamedSymbol, nameSymbols } from '../../../../src/scaffold/plan/language-kit.ts';

type Register = (text: string, symbol: NamedSymbol) => Registration;

/** Whether `long` is `short` with more put in: nothing changed, nothing taken away. */
function grewFrom(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short.charAt(at)) at += 1;
  return at === short.length;
}

const PYTHON = [
  'PluginConfig(',
  '"p", ',
  'name="p",\n',
  'sources={',
  '"a": A',
  '}',
  '{}',
  ', ',
  ',\n    ',
  ')',
  '# note {\n',
  "'''",
  '"',
  'from symbols.a_sink import ASink\n',
  'import ekuiper\r\n',
  'from x import (\n  y)\n',
  'plugin.start(c)\n',
  '\n',
  '\\',
];

const GO = [
  'sdk.PluginConfig{',
  '\n\t\tName: "p",\n',
  'Sources: map[string]sdk.NewSourceFunc{',
  '\n"a": func() api.Source {\nreturn &a{}\n},\n',
  '}',
  '{}',
  ',\r\n',
  ')',
  '// note {\n',
  '`',
  '"',
  'import "github.com/lf-edge/ekuiper/sdk/go/api"\n',
  'import sdk "github.com/lf-edge/ekuiper/sdk/go/runtime"\n',
  '\n',
  "'{'",
];

const rows: readonly (readonly [string, Register, readonly string[]])[] = [
  ['Python', registerPython, PYTHON],
  ['Go', registerGo, GO],
];

describe.each(rows)('whatever stands in a %s main program', (_, register, pieces) => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(''));
  const symbol = fc
    .constantFrom(...SYMBOL_KINDS)
    .map((kind): PluginSymbol => ({ kind, name: 'beta' }));

  test('a registration only puts text in, or is left to the author', () => {
    fc.assert(
      fc.property(text, symbol, (before, { kind, name }) => {
        const [named] = nameSymbols([{ kind, name }]);
        if (!named) throw new Error('no names');
        const result = register(before, named);
        if (!result.placed) expect(result.lines.length).toBeGreaterThan(0);
        else expect(grewFrom(before, result.text) && result.text !== before).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
