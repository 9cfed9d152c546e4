import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { type Inspection, inspect } from '../../package/inspect.ts';
import { openView } from '../../package/open-view.ts';
import { openZipView } from '../../package/zip-view.ts';
import type { Action } from '../command.ts';
import type { inspect as command } from '../commands/inspect.ts';
import type { Context } from '../context.ts';
import { findingsWriter } from '../findings/writer.ts';
import { inspectText } from '../package/inspect-text.ts';
import { readStdin } from '../package/read-stdin.ts';
import { parseTarget } from '../target-flag.ts';
import { modeText } from '../terminal/size.ts';

/** `kplugin inspect`: a package or project read whole, nothing unpacked. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const target = parseTarget(flags.target);
  const given = args[0] ?? '.';
  const view = await open(given, context);
  try {
    const inspection = await inspect(view, target);
    const list = await findingsWriter(inspection.findings, inspection.subject);
    const failed = inspection.findings.some(({ severity }) => severity === 'error');
    return {
      data: dataOf(inspection, view.label),
      human: (style) => inspectText(inspection, list, view.label, style),
      ...(failed ? { error: hasErrors(inspection) } : {}),
    };
  } finally {
    await view.close();
  }
};

async function open(given: string, context: Context): ReturnType<typeof openView> {
  if (given === '-') return openZipView(await readStdin(context.signal), 'stdin');
  return openView(path.resolve(context.cwd, given), given);
}

function dataOf(inspection: Inspection, label: string): Record<string, unknown> {
  const { entries, subject: _, ...rest } = inspection;
  return {
    label,
    ...rest,
    entries: entries.map((entry) => ({
      ...entry,
      mode: entry.mode === null ? null : modeText(entry.mode),
    })),
  };
}

function hasErrors({ findings }: Inspection): KpluginError {
  return new KpluginError({
    code: 'findings',
    exit: EXIT.findings,
    message: 'eKuiper would refuse or misread this plugin',
    hint: 'kplugin explain <rule> tells more; kplugin pack --from <zip> mends the layout of a zip',
    findings,
  });
}
