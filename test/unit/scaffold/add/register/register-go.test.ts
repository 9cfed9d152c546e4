import { describe, expect, test } from 'vitest';
import type { PluginSymbol } from '../../../../../src/model/symbol.ts';
import { registerGo } from '../../../../../src/scaffold/add/register/register-go.ts';
import { nameSymbols } from '../../../../../src/scaffold/plan/language-kit.ts';

function register(text: string, symbol: PluginSymbol) {
  const [named] = nameSymbols([symbol]);
  if (!named) throw new Error('no names');
  return registerGo(text, named);
}

const MAIN = `package main

import (
	"os"

	"github.com/lf-edge/ekuiper/sdk/go/api"
	sdk "github.com/lf-edge/ekuiper/sdk/go/runtime"
)

// PluginConfig{ in a comment, and in a string: "PluginConfig{"
func main() {
	sdk.Start(os.Args, &sdk.PluginConfig{
		Name: "mirror", // {
		Sources: map[string]sdk.NewSourceFunc{
			"random": func() api.Source {
				return &randomSource{}
			}, // one
		},
		Sinks: map[string]sdk.NewSinkFunc{},
	})
}
`;

function placed(text: string, kind: PluginSymbol['kind']): string {
  const result = register(text, { kind, name: 'beta' });
  if (!result.placed) throw new Error('not placed');
  return result.text;
}

describe('a Go main program', () => {
  test('gets a source behind the others', () => {
    expect(placed(MAIN, 'source')).toBe(
      MAIN.replace(
        '}, // one\n',
        '}, // one\n\t\t\t"beta": func() api.Source {\n\t\t\t\treturn &betaSource{}\n\t\t\t},\n',
      ),
    );
  });

  test('gets a sink in an empty map', () => {
    expect(placed(MAIN, 'sink')).toBe(
      MAIN.replace(
        'NewSinkFunc{}',
        'NewSinkFunc{\n\t\t\t"beta": func() api.Sink {\n\t\t\t\treturn &betaSink{}\n\t\t\t},\n\t\t}',
      ),
    );
  });

  test('gets a map for the first function', () => {
    expect(placed(MAIN, 'function')).toBe(
      MAIN.replace(
        'NewSinkFunc{},\n',
        'NewSinkFunc{},\n\t\tFunctions: map[string]sdk.NewFunctionFunc{\n\t\t\t"beta": func() api.Function {\n' +
          '\t\t\t\treturn &betaFunction{}\n\t\t\t},\n\t\t},\n',
      ),
    );
  });

  test('keeps Windows line ends', () => {
    const text = placed(MAIN.replaceAll('\n', '\r\n'), 'source');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  const rows: readonly (readonly [string, string])[] = [
    ['an empty file', ''],
    ['no PluginConfig', MAIN.replace('&sdk.PluginConfig{', '&sdk.Other{')],
    ['two of them', MAIN + MAIN],
    ['the SDK under another name', MAIN.replace('sdk "git', 'rt "git')],
    ['no import of the api', MAIN.replace('"github.com/lf-edge/ekuiper/sdk/go/api"', '"fmt"')],
    ['a map made elsewhere', MAIN.replace('map[string]sdk.NewSinkFunc{}', 'sinks()')],
    [
      'a map on one line',
      MAIN.replace('NewSinkFunc{}', 'NewSinkFunc{"a": func() api.Sink { return &a{} }}'),
    ],
  ];
  test.each(rows)('is left to the author: %s', (_, text) => {
    expect(register(text, { kind: 'sink', name: 'beta' })).toEqual({
      placed: false,
      lines: [
        {
          where: 'in the map Sinks of sdk.PluginConfig',
          line: '"beta": func() api.Sink {\n\treturn &betaSink{}\n},',
        },
      ],
    });
  });
});
