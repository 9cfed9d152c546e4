import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import type { GroupChange } from './compare.ts';

/** A source whose new settings are to be sent to a host. */
export interface SourceChange {
  readonly source: string;
  readonly groups: readonly GroupChange[];
  /** Groups that are no longer in the file; they stay on the host. */
  readonly goneGroups: readonly string[];
}

export interface AppliedGroup {
  readonly source: string;
  readonly group: string;
  /** Null on success; else the reason. The following groups were sent all the same. */
  readonly failure: HostFailure | null;
}

/**
 * Sends the changed groups of sources to a 2.x host, which otherwise keeps what it read at its start
 * (docs/ekuiper.md#source-yaml-after-an-update). Rules use them after a restart. Throws HostFailure when the host can
 * no longer be reached.
 */
export async function applyConfig(
  client: HostClient,
  changes: readonly SourceChange[],
): Promise<readonly AppliedGroup[]> {
  const applied: AppliedGroup[] = [];
  for (const { source, groups } of changes) {
    for (const { group, settings } of groups) {
      if (Object.keys(settings).length === 0) continue;
      applied.push({ source, group, failure: await put(client, source, group, settings) });
    }
  }
  return applied;
}

async function put(
  client: HostClient,
  source: string,
  group: string,
  settings: object,
): Promise<HostFailure | null> {
  try {
    await client.putSourceGroup(source, group, settings);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || thrown.kind === 'unreachable') throw thrown;
    return thrown;
  }
}

/** What sending these groups cannot do, one sentence each; shown before and after. */
export function configLimits(changes: readonly SourceChange[]): readonly string[] {
  return changes.flatMap(({ source, groups, goneGroups }) => [
    ...groups.flatMap(({ group, gone, held }) => [
      ...(gone.length === 0 ? [] : [`${source}/${group}: ${stay(gone)}`]),
      ...(held.length === 0
        ? []
        : [
            `${source}/${group}: ${held.join(', ')} changes when eKuiper restarts; put, it would reach the plugin as text ("2s")`,
          ]),
    ]),
    ...(goneGroups.length === 0 ? [] : [`${source}: groups ${stay(goneGroups)}`]),
  ]);
}

function stay(names: readonly string[]): string {
  return `${names.join(', ')} no longer in the file, but on the host until eKuiper restarts`;
}
