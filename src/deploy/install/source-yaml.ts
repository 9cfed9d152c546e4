import { parseDuration } from '../../model/duration.ts';
import type { HostClient } from '../client/host-client.ts';
import type { InstallPlan } from './plan.ts';

/** A source whose new YAML is not what the host uses; `unknown` where the host does not tell. */
export interface YamlChange {
  readonly source: string;
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
      if (used === null || wanted === null) return [{ source, state: 'unknown' }];
      const isSame = canonical(Object.fromEntries(used)) === canonical(wanted);
      if (!isSame) return [{ source, state: 'differs' }];
      return HIDDEN.test(text) ? [{ source, state: 'unknown' }] : [];
    }),
  );
  return changes.flat();
}

async function groupsOf(text: string): Promise<unknown> {
  // The default export: bundled, a CommonJS package has no other.
  const yaml = (await import('yaml')).default;
  try {
    const value: unknown = yaml.parse(text, { logLevel: 'error' });
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Settings whose milliseconds eKuiper 2.x turns into durations: `interval: 1000` comes back as `"1s"`. */
const DURATIONS: ReadonlySet<string> = new Set(['cachettl', 'timeout', 'expiration', 'interval']);

/** Settings that eKuiper renames or shows as stars: whether they are the same cannot be told. */
const HIDDEN_KEYS: ReadonlySet<string> = new Set(['url', 'dburl', 'password', 'saslpassword']);
const HIDDEN = /^[ \t'"]*(?:url|dburl|password|saslpassword)\b/im;

/** One text for equal settings: eKuiper lowers the keys and has no order (real-servers.md N10). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .map(([key, member]): readonly [string, unknown] => [key.toLowerCase(), member])
    .filter(([key]) => !HIDDEN_KEYS.has(key))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(setting(key, member))}`);
  return `{${members.sort().join()}}`;
}

function setting(key: string, value: unknown): unknown {
  if (!DURATIONS.has(key) || typeof value !== 'string') return value;
  const ms = parseDuration(value);
  return ms === null ? value : Math.round(ms);
}
