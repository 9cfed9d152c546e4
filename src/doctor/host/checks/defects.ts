import { type HostInfo, type InstalledPlugin, unknownVersion } from '../../../client/answers.ts';
import { versionIn } from '../../../model/target.ts';
import { type Defect, defectsOf } from '../defect-table.ts';
import { type Check, listed, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/** The known defects of the host's version, and which of its plugins they affect. */
export const defects: Check<HostFacts> = {
  id: 'host-version',
  asks: 'what its version is known for',
  async look(facts) {
    const info = await facts.info();
    // The version alone shows most of it, even without access to the host.
    const there = await facts.plugins().catch(() => null);
    const plugins = there?.map(({ plugin }) => plugin) ?? null;
    const known = defectsOf(info.version).map((defect) => described(defect, plugins));
    return [...versionRemarks(info), ...known];
  },
};

function versionRemarks({ version }: HostInfo): Remark[] {
  const text = unknownVersion(version);
  if (text === null) return [];
  const hint =
    versionIn(version) === null
      ? 'run an image with a version: lfedge/ekuiper:2.4.0-slim-python'
      : 'look for a newer kplugin';
  return [remark('host-version', 'warning', text, hint)];
}

function described(defect: Defect, plugins: readonly InstalledPlugin[] | null): Remark {
  const { id, does, issues, kplugin, hurts, always, hint } = defect;
  const source = issues.length === 0 ? '' : ` (${issues.join(', ')})`;
  const hurt =
    hurts === undefined || plugins === null ? [] : plugins.filter(hurts).map(({ name }) => name);
  const touched = always === true || hurt.length > 0;
  const whom = hurt.length === 0 ? '' : `; here: ${listed(hurt)}`;
  const head = touched ? 'known defect' : headOf(defect, plugins !== null);
  const text = `${head}: ${does}${source}; ${kplugin}${whom}`;
  return remark(
    `host-defect-${id}`,
    touched ? 'warning' : 'ok',
    text,
    touched ? (hint ?? null) : null,
  );
}

/** Affected plugins are named only when the plugins are known. */
function headOf({ hurts, unknown }: Defect, isKnown: boolean): string {
  if (unknown === true || (hurts !== undefined && !isKnown)) return 'known defect';
  return hurts === undefined ? 'known defect, taken care of' : 'known defect, hurts no plugin here';
}
