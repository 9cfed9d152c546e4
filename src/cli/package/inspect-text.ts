import type { Inspection } from '../../package/inspect.ts';
import { countText } from '../findings/count-text.ts';
import { printable } from '../findings/printable.ts';
import type { FindingsWriter } from '../findings/writer.ts';
import { modeText, sizeText } from '../terminal/size.ts';
import type { Style } from '../terminal/style.ts';

import { count } from './pack-text.ts';

/** A file is called out as heavy from this size, when it makes up most of the package. */
const HEAVY_FROM = 1_000_000;

/** The whole inspection on one screen: who, what, which digests, what is wrong. */
export async function inspectText(
  inspection: Inspection,
  list: FindingsWriter,
  label: string,
  style: Style,
): Promise<string> {
  const parts = [
    identityText(inspection, label, style),
    entriesText(inspection, style),
    digestText(inspection, style),
    scriptText(inspection, style),
    `${await list(style)}${countText(inspection.findings)}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
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

function entriesText({ entries, unpackedSize }: Inspection, style: Style): string {
  if (entries.length === 0) return '';
  const asTree = isOrdered(entries);
  const lines = entries.map((entry) => {
    const folder = entry.kind === 'directory';
    const size = folder ? '' : sizeText(entry.size);
    const name = asTree ? branch(entry.path, folder) : entry.rawName;
    const note = noteOf(entry, unpackedSize);
    const end = note === '' ? '' : `  ${style.yellow(note)}`;
    return `${style.dim(`${modeText(entry.mode).padStart(4)}  ${size.padStart(8)}`)}  ${printable(name)}${end}\n`;
  });
  const files = entries.filter((entry) => entry.kind === 'file').length;
  return `${lines.join('')}${count(files, 'file')}, ${sizeText(unpackedSize)} unpacked\n`;
}

/** Parents first and named plainly: then indentation says what lies where; else only the raw names do. */
function isOrdered(entries: Inspection['entries']): boolean {
  const folders = new Set(['']);
  let last = '';
  return entries.every(({ path, rawName, kind }) => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const inLine = parent === '' || parent === last || last.startsWith(`${parent}/`);
    const plain = rawName.replace(/\/$/, '') === path;
    if (kind === 'directory') folders.add(path);
    last = kind === 'directory' ? path : parent;
    return inLine && plain && folders.has(parent);
  });
}

function branch(path: string, folder: boolean): string {
  const names = path.split('/');
  return `${'  '.repeat(names.length - 1)}${names.at(-1)}${folder ? '/' : ''}`;
}

function noteOf({ size, kind }: Inspection['entries'][number], total: number): string {
  if (kind === 'symlink') return 'a symbolic link';
  if (kind === 'other') return 'neither file nor folder';
  if (size < HEAVY_FROM || size * 2 < total) return '';
  return `← ${Math.floor((size * 100) / total)} % of it all`;
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
  const lines = installScript.replace(/\n$/, '').split('\n');
  const head = style.bold(
    'install.sh, which eKuiper runs with /bin/sh when the plugin is installed:',
  );
  return `${head}\n${lines.map((line) => `  ${printable(line.replaceAll('\t', '  '))}\n`).join('')}`;
}
