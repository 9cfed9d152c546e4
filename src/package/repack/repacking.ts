import { KpluginError } from '../../model/error.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { Repacking } from '../../model/view.ts';
import { obstacleOf, preparePlan } from '../prepare.ts';
import type { ZipView } from '../zip-view.ts';
import { planFromZip } from './plan-from-zip.ts';

/** To find out takes as long as to check the zip, and as much memory. */
const MOST_ENTRIES = 10_000;

/**
 * Whether `kplugin pack --from` would write a package from this zip: everything that it does before the first byte is
 * written, for the eKuiper that it checks for by itself.
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
    // An unusable .kplugin.json in the zip stops pack --from in the same way.
    if (thrown instanceof KpluginError) return 'impossible';
    throw thrown;
  }
}
