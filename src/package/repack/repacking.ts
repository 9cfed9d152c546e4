import { KpluginError } from '../../model/error.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { Repacking } from '../../model/view.ts';
import { obstacleOf, preparePlan } from '../prepare.ts';
import type { ZipView } from '../zip-view.ts';
import { planFromZip } from './plan-from-zip.ts';

/** Trying takes as much time and memory as checking the zip. */
const MOST_ENTRIES = 10_000;

/**
 * Whether `kplugin pack --from` would write a package from this zip: runs everything up to writing, for the default
 * target.
 */
export async function repackingOf(zip: ZipView): Promise<Repacking> {
  if (zip.entries.length > MOST_ENTRIES) return 'untried';
  try {
    const plan = await planFromZip(zip);
    const problems = plan.problems.filter(({ kind }) => kind !== 'foreign-name');
    const prepared = await preparePlan(
      { ...plan, problems },
      { target: NEWEST_TARGET, label: zip.label },
    );
    if (obstacleOf(prepared) !== null) return 'impossible';
    return problems.length < plan.problems.length ? 'named' : 'possible';
  } catch (thrown) {
    // An invalid .kplugin.json in the zip stops pack --from in the same way.
    if (thrown instanceof KpluginError) return 'impossible';
    throw thrown;
  }
}
