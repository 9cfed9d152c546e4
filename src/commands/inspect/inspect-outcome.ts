import type { Outcome } from '../../cli/outcome.ts';
import { countText } from '../../cli/output/count-text.ts';
import { printable } from '../../cli/output/printable.ts';
import { modeText, sizeText } from '../../cli/output/size.ts';
import type { Style } from '../../cli/output/style.ts';
import { type FindingsWriter, findingsWriter } from '../../cli/output/writer.ts';
import { paragraphs, type Text } from '../../cli/output-pieces.ts';
import { AMBIGUOUS, ambiguousFindings } from '../../lint/subject/ambiguous.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { maskedLines, maskedScript } from '../../model/secrets/masked-lines.ts';
import type { Target } from '../../model/target.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import { type Inspection, inspect } from '../../package/inspect.ts';
import type { ZipView } from '../../package/zip-view.ts';
import { entriesText } from './entries-text.ts';

/** Everything about a package or project: identity, entries, digests, install.sh, findings. */
export async function inspectOutcome(
  view: DirectoryView | ZipView,
  target: Target,
): Promise<Outcome> {
  const inspection = await inspect(view, target);
  const list = await findingsWriter(inspection.findings, inspection.subject);
  const failed = inspection.findings.some(({ severity }) => severity === 'error');
  return {
    data: dataOf(inspection, view.label),
    human: (style) => inspectText(inspection, list, view.label, style),
    ...(failed ? { error: hasErrors(inspection) } : {}),
  };
}

function dataOf(inspection: Inspection, label: string): Record<string, unknown> {
  const { entries, subject: _, installScript, ...rest } = inspection;
  return {
    label,
    ...rest,
    // In lines: what the shell runs, with stars for secrets; outputs end in logs.
    installScript: installScript && maskedLines('install.sh', installScript.split('\n')).join('\n'),
    entries: entries.map((entry) => ({
      ...entry,
      mode: entry.mode === null ? null : modeText(entry.mode),
    })),
  };
}

function hasErrors({ findings }: Inspection): KpluginError {
  if (ambiguousFindings(findings).length > 0) {
    const { message, hint } = AMBIGUOUS;
    const code = 'package-ambiguous';
    return new KpluginError({ code, exit: EXIT.findings, message, hint, findings });
  }
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: 'eKuiper would refuse or misread this plugin',
    hint: 'correct what the findings say; kplugin explain <rule> tells more',
    findings,
  });
}

/** The whole inspection on one screen: who, what, which digests, what is wrong. */
async function inspectText(
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
  const { name, version, language, executable, arch, symbols, unread } = identity;
  const rows: [string, string][] = [
    ['plugin', name === null ? (unread ?? 'no manifest found') : `${name} ${version}`.trimEnd()],
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
