import type { Outcome } from '../../cli/outcome.ts';
import { countText, type FindingsWriter, findingsWriter } from '../../cli/output/findings-text.ts';
import { modeText, sizeText } from '../../cli/output/number-text.ts';
import { bold, dim, type View } from '../../cli/output/view.ts';
import { AMBIGUOUS, ambiguousFindings, type LintOptions } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { maskedLines, maskedScript } from '../../model/secrets/masked-lines.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import { type Inspection, inspect } from '../../package/inspect.ts';
import type { ZipView } from '../../package/zip-view.ts';
import { entriesView } from './entries-text.ts';

/** The facts about a package or project: identity, entries, digests, install.sh, findings. */
export async function inspectOutcome(
  view: DirectoryView | ZipView,
  options: LintOptions,
): Promise<Outcome> {
  const inspection = await inspect(view, options.target, options);
  const list = await findingsWriter(inspection.findings, inspection.subject);
  const failed = inspection.findings.some(({ severity }) => severity === 'error');
  return {
    data: dataOf(inspection, view.label),
    view: () => inspectViews(inspection, list, view.label),
    ...(failed ? { error: hasErrors(inspection) } : {}),
  };
}

function dataOf(inspection: Inspection, label: string): Record<string, unknown> {
  const { entries, subject: _, installScript, ...rest } = inspection;
  return {
    label,
    ...rest,
    // The script with secrets masked, because output may be kept in logs.
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

/** The views of an inspection: identity, content, digests, findings. */
async function inspectViews(
  inspection: Inspection,
  list: FindingsWriter,
  label: string,
): Promise<readonly View[]> {
  const { zip, contentDigest } = inspection;
  return [
    identityView(inspection, label),
    entriesView(inspection.entries),
    {
      facts: [
        ['sha256', zip?.sha256 ?? ''],
        ['content', contentDigest ?? ''],
      ],
    },
    scriptView(inspection),
    ...(await list()),
    { lines: [countText(inspection.findings)] },
  ];
}

function identityView({ identity, zip }: Inspection, label: string): View {
  const { name, version, language, executable, arch, symbols, unread } = identity;
  return {
    facts: [
      ['plugin', name === null ? (unread ?? 'no manifest found') : `${name} ${version}`.trimEnd()],
      ['language', arch === null ? language : `${language} (linux/${arch})`],
      ['executable', executable],
      ['symbols', symbols.map(({ kind, name: symbol }) => `${kind} ${symbol}`).join(', ')],
      [zip ? 'package' : 'project', zip ? `${label}, ${sizeText(zip.size)}` : label],
    ],
  };
}

function scriptView({ installScript }: Inspection): View {
  if (installScript === null) return {};
  const { lines, note } = maskedScript(installScript);
  return {
    title: bold('install.sh, which eKuiper runs with /bin/sh when the plugin is installed:'),
    lines: lines.map((line) => line.replaceAll('\t', '  ')),
    below: note === null ? [] : [dim(note)],
  };
}
