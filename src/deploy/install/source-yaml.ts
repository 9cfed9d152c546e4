import type { HostClient } from '../client/host-client.ts';
import type { SourceChange } from '../source-config/apply.ts';
import { compareGroups } from '../source-config/compare.ts';
import type { InstallPlan } from './plan.ts';

/** A source whose new YAML is not what the host uses; `unknown` where the host does not tell. */
export interface YamlChange extends SourceChange {
  readonly state: 'differs' | 'unknown';
}

/**
 * Which source files an update brings in vain: eKuiper 2.x keeps the configuration it has until it restarts
 * (real-servers.md N2). `yaml`: source name → text of its file. Asks nothing unless it is an update on 2.x.
 */
export async function changedYaml(
  client: HostClient,
  plan: InstallPlan,
  yaml: ReadonlyMap<string, string>,
): Promise<YamlChange[]> {
  if (plan.action !== 'update' || !plan.info.features.status) return [];
  const changes = await Promise.all(
    [...yaml].map(async ([source, text]): Promise<YamlChange[]> => {
      const [used, wanted] = [await client.sourceConfig(source), await groupsOf(text)];
      if (wanted === null) return [{ source, state: 'unknown', groups: [], goneGroups: [] }];
      const { state, changes, goneGroups } = compareGroups(used ?? new Map(), wanted);
      if (used === null) return [{ source, state: 'unknown', groups: changes, goneGroups }];
      return state === 'same' ? [] : [{ source, state, groups: changes, goneGroups }];
    }),
  );
  return changes.flat();
}

async function groupsOf(text: string): Promise<Readonly<Record<string, unknown>> | null> {
  // The default export: bundled, a CommonJS package has no other.
  const yaml = (await import('yaml')).default;
  try {
    const value: unknown = yaml.parse(text, { logLevel: 'error' });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(Object.entries(value));
  } catch {
    return null;
  }
}
