import type { HostClient } from '../../client/host-client.ts';
import { has } from '../../model/behaviours.ts';
import { readSourceYaml } from '../../model/yaml/read.ts';
import type { InstallPlan } from '../change/plan.ts';
import type { SourceChange } from '../source-config/apply.ts';
import { compareGroups } from '../source-config/compare.ts';

/** A source whose new YAML differs from what the host uses; `unknown` when the host does not show it. */
export interface YamlChange extends SourceChange {
  readonly state: 'differs' | 'unknown';
}

/**
 * Returns the source files of an update that eKuiper 2.x ignores: it keeps the configuration until it restarts
 * (docs/ekuiper.md#source-yaml-after-an-update). `yaml`: file content by source name. Sends requests only for an
 * update on 2.x.
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
