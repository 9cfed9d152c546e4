import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { render, renderJson, type Templates, type Values } from '../templates.ts';
import { type LanguageKit, type NamedSymbol, ofKind, type PlannedFile } from './language-kit.ts';

const DOES = {
  source: 'sends a row at a fixed interval',
  sink: 'appends rows to a file, or logs them',
  function: 'reverses a text',
} as const;

const DOCS = 'https://ekuiper.org/docs';

/** The answers that appear in symbol files. */
type Credits = Pick<Answers, 'name' | 'author' | 'description'>;

/**
 * The symbol file, and for a source its YAML, whose keys are all listed in the JSON
 * (docs/files.md#letter-case-of-keys).
 */
export function metadataFiles(
  symbol: PluginSymbol,
  credits: Credits,
  templates: Templates,
): PlannedFile[] {
  const description = describe(credits);
  const author = credits.author.name || `${credits.name} authors`;
  const json = renderJson(templates.text(`metadata/${symbol.kind}.json`), {
    symbol: symbol.name,
    author,
    email: credits.author.email,
    company: author,
    website: credits.author.website,
    help: credits.author.website || `${DOCS}/en/latest/extension/portable/overview.html`,
    helpZh: credits.author.website || `${DOCS}/zh/latest/extension/portable/overview.html`,
    description: description.en,
    descriptionZh: description.zh,
  });
  const files = [{ path: symbolFile(symbol), text: json }];
  if (symbol.kind !== 'source') return files;
  const yaml = render(templates.text('source.yaml'), { symbol: symbol.name });
  return [...files, { path: symbolFile(symbol, 'yaml'), text: yaml }];
}

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

/** One sentence without its full stop, in the two languages of eKuiper's manager. */
interface Description {
  readonly en: string;
  readonly zh: string;
}

/** The description of the plugin: the author's text (in both languages, to be translated), or its name. */
export function describe({
  name,
  description,
}: Pick<Answers, 'name' | 'description'>): Description {
  const words = description.trim().replace(/[.。]{1,99}$/u, '');
  if (words !== '') return { en: words, zh: words };
  return { en: `Portable plugin ${name}`, zh: `可移植插件 ${name}` };
}

/** The cases that `kplugin test` runs for a symbol: the same for every language, because the code does the same. */
export function caseFile(
  symbol: NamedSymbol,
  kit: Pick<LanguageKit, 'fileName' | 'acknowledges'>,
  templates: Templates,
): PlannedFile {
  const values = { symbol: symbol.name };
  const acks = kit.acknowledges ? render(templates.text('cases/acks.yaml'), values).trimEnd() : '';
  const text = render(templates.text(`cases/${symbol.kind}.yaml`), {
    ...values,
    acks: { code: acks },
  });
  return { path: `tests/${kit.fileName(symbol)}.yaml`, text };
}
