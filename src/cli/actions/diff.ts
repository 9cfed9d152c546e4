import { EXIT, KpluginError } from '../../model/error.ts';
import { diffPlugins } from '../../package/diff/diff-plugins.ts';
import type { Action } from '../command.ts';
import type { diff } from '../commands/diff.ts';
import { pluginDiffData } from '../deploy/diff-data.ts';
import { type DiffSide, sidesGiven, withSide } from '../deploy/diff-sides.ts';
import { pluginDiffText } from '../deploy/diff-text.ts';
import type { Outcome } from '../outcome.ts';

/** `kplugin diff`: what changes from one plugin or host to another. */
export const run: Action<typeof diff.flags> = async ({ flags, args }, context) => {
  const [a, b] = await sidesGiven(args, flags, context.cwd);
  const outcome = await withSide(a, flags, context, (before) =>
    withSide(b, flags, context, (after) => compared(before, after, flags.stat)),
  );
  // Quietly the exit code is all that is asked for, as with git diff --quiet.
  return context.globals.quiet ? { ...outcome, human: () => '' } : outcome;
};

async function compared(before: DiffSide, after: DiffSide, stat: boolean): Promise<Outcome> {
  if (before.kind === 'plugin' && after.kind === 'plugin') {
    const found = await diffPlugins(before.view, after.view);
    return {
      data: pluginDiffData(found),
      human: (style) => pluginDiffText(found, { stat, style }),
      ...(found.same ? {} : { error: differs(found.before.label, found.after.label) }),
    };
  }
  throw new Error('not yet');
}

function differs(before: string, after: string): KpluginError {
  return new KpluginError({
    code: 'different',
    exit: EXIT.findings,
    message: `${before} and ${after} are not the same`,
    hint: 'data tells what is not the same',
  });
}
