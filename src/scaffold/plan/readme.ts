import { symbolFile } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { describe } from '../describe.ts';
import type { Values } from '../template.ts';
import { type NamedSymbol, ofKind } from './named-symbol.ts';

const DOES = {
  source: 'sends a row at a fixed interval',
  sink: 'appends rows to a file, or logs them',
  function: 'reverses a text',
} as const;

/** Values of the README placeholders that are the same in every language. */
export function readmeFragments(answers: Answers, symbols: readonly NamedSymbol[]): Values {
  return {
    name: answers.name,
    version: answers.version,
    description: describe(answers).en,
    symbols: { code: symbolTable(symbols) },
    usage: { code: usage(symbols) },
  };
}

function symbolTable(symbols: readonly NamedSymbol[]): string {
  const rows = symbols.map(
    (symbol) =>
      `| ${symbol.kind} | \`${symbol.name}\` | ${DOES[symbol.kind]} | \`${symbolFile(symbol)}\` |`,
  );
  return ['| | | | described in |', '|---|---|---|---|', ...rows].join('\n');
}

/** A stream and a rule that use one symbol of each kind, as requests to eKuiper's REST API. */
function usage(symbols: readonly NamedSymbol[]): string {
  const source = ofKind(symbols, 'source')[0]?.name;
  const sink = ofKind(symbols, 'sink')[0]?.name;
  const call = ofKind(symbols, 'function')[0]?.name;
  const type = source ?? 'mqtt';
  const stream = `CREATE STREAM demo () WITH (TYPE="${type}", DATASOURCE="demo", FORMAT="JSON")`;
  const fields = call === undefined ? '*' : `*, ${call}(message) AS result`;
  const action =
    sink === undefined ? '{ "log": {} }' : `{ "${sink}": { "path": "/tmp/demo.jsonl" } }`;
  return [
    'A stream (`POST /streams`, as `{"sql": "…"}`) and a rule (`POST /rules`):',
    '',
    '```sql',
    stream,
    '```',
    '',
    '```json',
    '{',
    '  "id": "demo",',
    `  "sql": "SELECT ${fields} FROM demo",`,
    `  "actions": [${action}]`,
    '}',
    '```',
  ].join('\n');
}
