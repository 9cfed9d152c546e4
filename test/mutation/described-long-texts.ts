import { describe, expect, it } from 'vitest';
import { readErrorBody } from '../../src/client/error-body.ts';
import { plainText } from '../../src/client/http/foreign-text.ts';
import { translate } from '../../src/client/messages/translate.ts';
import { tokensOf } from '../../src/lint/program/tokens/token.ts';
import { bashismsIn } from '../../src/lint/shell/bashisms.ts';
import { closest } from '../../src/model/closest.ts';
import { likelyEncoding } from '../../src/model/encoding/text-encoding.ts';
import { decodeGoUtf8 } from '../../src/model/json/bytes.ts';
import { fixJson } from '../../src/model/json/fix.ts';
import { parseGoJson } from '../../src/model/json/parse.ts';
import { maskedLines } from '../../src/model/secrets/masked-lines.ts';
import { sourceText } from '../../src/model/source-text.ts';
import { maskText } from '../../src/scaffold/add/register/insertion.ts';
import { registerGo } from '../../src/scaffold/add/register/register-go.ts';
import { registerPython } from '../../src/scaffold/add/register/register-python.ts';
import { registerTypeScript } from '../../src/scaffold/add/register/register-typescript.ts';
import { nameSymbols } from '../../src/scaffold/plan/language-kit.ts';

const [symbol] = nameSymbols([{ kind: 'function', name: 'f' }]);
if (symbol === undefined) throw new Error('no symbol');
const context = { host: 'edge1', plugin: 'p', source: null, version: '2.4.0' };

/** What reads texts of strangers. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  goTokens: (text) => tokensOf('go', text),
  pythonTokens: (text) => tokensOf('python', text),
  typescriptTokens: (text) => tokensOf('typescript', text),
  bashismsIn,
  fixJson,
  parseGoJson,
  sourceText,
  readErrorBody,
  plainText,
  translate: (text) => translate(text, context),
  closest: (text) => closest(text, [text, text]),
  maskedLines: (text) => maskedLines('a.yaml', text.split('\n')),
  maskPython: (text) => maskText(text, 'python'),
  maskGo: (text) => maskText(text, 'go'),
  maskTypeScript: (text) => maskText(text, 'typescript'),
  registerGo: (text) => registerGo(text, symbol),
  registerPython: (text) => registerPython(text, symbol),
  registerTypeScript: (text) => registerTypeScript(text, symbol),
  likelyEncoding: (text) => [Buffer.from(text), beyondAscii(text)].map(likelyEncoding),
  decodeGoUtf8: (text) => decodeGoUtf8(beyondAscii(text)),
};

/** No text in UTF-8: each byte above 0x7f. */
function beyondAscii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1').map((byte) => byte | 0x80);
}

/** Each alone repeated, and behind a beginning that something reads. */
const PIECES = [
  ' ',
  '\n',
  '\t',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  "\\'",
  '\\`',
  '#',
  '/',
  '/*',
  '*/',
  '//',
  '<!-- -->',
  '<',
  '(',
  '{',
  '[',
  '[ ',
  '{"a":',
  '"a":{',
  ',',
  'a',
  '0',
  '0.',
  'a=a;',
  'import ',
  'import {\n',
  'PluginConfig(',
  'PluginConfig{',
  'startPlugin({',
  'plugin.start(',
  '<<A\n',
  'set ',
  '${a',
  'then ',
  '\u001b[',
  '\u001b]',
  'a://',
  'password: ',
  'validate token error: ',
  'Parse SQL ',
  'err:exit status ',
  '-1.1',
  '"""',
  "'''",
  '\\\n',
  '`${',
  'f"{',
  '/[',
  'from a ',
];
const STARTS = [
  '',
  'import',
  'PluginConfig("p", {',
  '{"message": "',
  '<html><title',
  '#!/bin/sh\nset ',
];

/** Tests that every reader comes to an end of long texts, however they are made. `length` in characters. */
export function describeLongTexts(length: number): void {
  describe(`texts of ${length / 1000} kB`, () => {
    // A reader that goes over the rest of the text from each of its places would need hours, not seconds.
    it.each(Object.entries(READERS))('%s', { timeout: 300_000 }, (_, read) => {
      for (const [index, piece] of PIECES.entries()) {
        const start = STARTS[index % STARTS.length] ?? '';
        for (const front of ['', start]) {
          const text = front + piece.repeat(length / piece.length);
          expect(() => read(text)).not.toThrow();
        }
      }
    });
  });
}
