import { rulesData } from '../../cli/output/rules-text.ts';
import { bold, good, type View, warn } from '../../cli/output/view.ts';
import { plainLine } from '../../client/http/text.ts';
import type { LeftBehind } from '../../deploy/plugins/left-behind.ts';
import type { RemovalPlan } from '../../deploy/plugins/remove.ts';

/** A removed plugin, and what is left on the host. */
export interface Removed {
  readonly plan: RemovalPlan;
  readonly left: LeftBehind;
}

/** The data of `remove --json`. */
export function removedData({ plan, left }: Removed, host: string): object {
  const { plugin, registration } = plan;
  const { name, version } = plugin;
  return { host, plugin: name, version, removed: true, ...rulesData(plan), registration, left };
}

/** The view of `remove`. */
export function removedView({ plan, left }: Removed, host: string): View {
  const { name, version } = plan.plugin;
  return {
    title: [good('removed'), ' ', bold(name), ` ${version} from ${host}`],
    lines: leftLines(left),
    notes: problemLines(left).map((text) => ({ label: warn('warning'), text })),
  };
}

/** What was removed with the plugin, and what is left. */
export function leftLines({ uploads, pruned }: LeftBehind): string[] {
  const stays = uploads.filter((upload) => !pruned.includes(upload));
  const lines = [
    pruned.length === 0 ? null : `took away ${names(pruned)}`,
    stays.length === 0 ? null : `left on the host: ${names(stays)} (--prune takes them along)`,
  ];
  return lines.filter((line) => line !== null);
}

/** What could not be cleaned up, one line each. */
export function problemLines({ problem }: LeftBehind): string[] {
  return problem === null ? [] : problem.split('\n');
}

function names(uploads: readonly string[]): string {
  return uploads.map(plainLine).join(', ');
}
