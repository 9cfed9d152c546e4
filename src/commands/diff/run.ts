import type { Action } from '../../cli/command.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { diff } from './command.ts';
import { type Compared, compareSides } from './diff-compared.ts';
import { sidesGiven, withSide } from './diff-sides.ts';

/** `kplugin diff`: what changes from one plugin or host to another. */
export const run: Action<typeof diff.flags> = async ({ flags, args }, context) => {
  const [a, b] = await sidesGiven(args, flags, context.cwd);
  const options = { stat: flags.stat, plugin: flags.plugin ?? null };
  const compared = await withSide(a, flags, context, (before) =>
    withSide(b, flags, context, (after) => compareSides(before, after, options)),
  );
  const error = errorOf(compared);
  return {
    get data() {
      return compared.data;
    },
    // Quietly the exit code is all that is asked for, as with git diff --quiet.
    human: (style) => (context.globals.quiet ? '' : compared.text(style)),
    ...(error === null ? {} : { error }),
  };
};

function errorOf({ verdict, names: [before, after] }: Compared): KpluginError | null {
  if (verdict === 'same') return null;
  const isKnown = verdict === 'different';
  return new KpluginError({
    code: isKnown ? 'different' : 'not-known-to-be-same',
    exit: EXIT.findings,
    message: isKnown
      ? `${before} and ${after} are not the same`
      : `${before} and ${after} are the same as far as can be told, which is not all of it`,
    hint: 'data tells what differs, and what is not known',
  });
}
