import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { parseTarget } from '../../cli/target-flag.ts';
import type { Target } from '../../model/target.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import type { ZipView } from '../../package/zip-view.ts';
import type { inspect } from './command.ts';
import { listOutcome } from './inspect-list.ts';
import { openForInspection } from './open-for-inspection.ts';

/** `kplugin inspect`: a package or project read whole, nothing unpacked. */
export const run: Action<typeof inspect.flags> = async ({ flags, args }, context) => {
  const target = parseTarget(flags.target);
  const view = await open(args[0] ?? '.', context);
  try {
    return flags.list ? await listOutcome(view, target) : await inspected(view, target);
  } finally {
    await view.close();
  }
};

function open(given: string, context: Context): Promise<DirectoryView | ZipView> {
  if (given === '-') return openForInspection(null, 'stdin', context);
  return openForInspection(path.resolve(context.cwd, given), given, context);
}

/** Loaded when it is needed: a bare listing has no use for the rules. */
async function inspected(view: DirectoryView | ZipView, target: Target): Promise<Outcome> {
  const { inspectOutcome } = await import('./inspect-outcome.ts');
  return inspectOutcome(view, target);
}
