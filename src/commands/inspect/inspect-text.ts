import { countText } from '../../cli/output/count-text.ts';
import { printable } from '../../cli/output/printable.ts';
import { sizeText } from '../../cli/output/size.ts';
import type { Style } from '../../cli/output/style.ts';
import type { FindingsWriter } from '../../cli/output/writer.ts';
import { paragraphs, type Text } from '../../cli/output-pieces.ts';
import { maskedScript } from '../../model/secrets/masked-lines.ts';
import type { Inspection } from '../../package/inspect.ts';

import { entriesText } from './entries-text.ts';

/** The whole inspection on one screen: who, what, which digests, what is wrong. */
export async function inspectText(
  inspection: Inspection,
  list: FindingsWriter,
  label: string,
  style: Style,
): Promise<Text> {
  return paragraphs([
    identityText(inspection, label, style),
    entriesText(inspection.entries, style),
    digestText(inspection, style),
    scriptText(inspection, style),
    `${await list(style)}${countText(inspection.findings)}\n`,
  ]);
}

function identityText({ identity, zip }: Inspection, label: string, style: Style): string {
  const { name, version, language, executable, arch, symbols } = identity;
  const rows: [string, string][] = [
    ['plugin', name === null ? 'no manifest found' : `${name} ${version}`.trimEnd()],
    ['language', arch === null ? language : `${language} (linux/${arch})`],
    ['executable', executable],
    ['symbols', symbols.map(({ kind, name: symbol }) => `${kind} ${symbol}`).join(', ')],
    [zip ? 'package' : 'project', zip ? `${label}, ${sizeText(zip.size)}` : label],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${style.dim(key.padEnd(10))} ${printable(value)}\n`)
    .join('');
}

function digestText({ zip, contentDigest }: Inspection, style: Style): string {
  const rows: [string, string][] = [
    ['sha256', zip?.sha256 ?? ''],
    ['content', contentDigest ?? ''],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${style.dim(key.padEnd(10))} ${value}\n`)
    .join('');
}

function scriptText({ installScript }: Inspection, style: Style): string {
  if (installScript === null) return '';
  const { lines, note } = maskedScript(installScript);
  const head = style.bold(
    'install.sh, which eKuiper runs with /bin/sh when the plugin is installed:',
  );
  const shown = lines.map((line) => `  ${printable(line.replaceAll('\t', '  '))}\n`).join('');
  return `${head}\n${shown}${note === null ? '' : `${style.dim(note)}\n`}`;
}
