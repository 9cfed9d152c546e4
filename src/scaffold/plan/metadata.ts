import { type PluginSymbol, symbolFile } from '../../model/symbol.ts';
import type { Answers } from '../answers.ts';
import { describe } from '../describe.ts';
import { render, renderJson } from '../template.ts';
import type { Templates } from '../templates.ts';
import type { PlannedFile } from './planned-file.ts';

/** The answers that appear in symbol files. */
export type Credits = Pick<Answers, 'name' | 'author' | 'description'>;

const DOCS = 'https://ekuiper.org/docs';

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
