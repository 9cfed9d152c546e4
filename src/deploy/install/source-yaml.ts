import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { InstallPlan } from '../change/plan.ts';
import type { SourceChange } from '../source-config/apply.ts';
import { compareGroups } from '../source-config/compare.ts';

/** A source whose new YAML is not what the host uses; `unknown` where the host does not tell. */
export interface YamlChange extends SourceChange {
  readonly state: 'differs' | 'unknown';
}

/**
 * Which source files an update brings in vain: eKuiper 2.x keeps the configuration it has until it restarts
 * (docs/ekuiper.md#source-yaml-after-an-update). `yaml`: source name → its file. Asks nothing unless it is an update
 * on 2.x.
 */
export async function changedYaml(
  client: HostClient,
  plan: InstallPlan,
  yaml: ReadonlyMap<string, Uint8Array>,
): Promise<YamlChange[]> {
  if (plan.action !== 'update' || !has(plan.info.version, 'reports-status')) return [];
  const changes = await Promise.all(
    [...yaml].map(async ([source, bytes]): Promise<YamlChange[]> => {
      const [used, config] = [await client.sourceConfig(source), readSourceYaml(bytes)];
      if (config.fault) return [{ source, state: 'unknown', groups: [], goneGroups: [] }];
      const { state, changes, goneGroups } = compareGroups(used ?? new Map(), config.groups ?? {});
      if (used === null) return [{ source, state: 'unknown', groups: changes, goneGroups }];
      return state === 'same' ? [] : [{ source, state, groups: changes, goneGroups }];
    }),
  );
  return changes.flat();
}
