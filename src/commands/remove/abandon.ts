import { bold, good, type View } from '../../cli/output/view.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { InterruptedPlugin } from '../../deploy/plugins/find.ts';
import { type LeftBehind, leftBehind } from '../../deploy/plugins/left-behind.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { pluginAt } from '../../model/shell-word.ts';
import { leftLines } from './removal-text.ts';

/** An interrupted change of a plugin that is no longer installed, and what is left on the host. */
export interface Abandoned {
  readonly interrupted: InterruptedPlugin;
  readonly left: LeftBehind;
}

/** Cleans up after the interrupted change. Throws exit 3 when that fails. */
export async function abandoned(
  client: HostClient,
  interrupted: InterruptedPlugin,
  isPruned: boolean,
): Promise<Abandoned> {
  const plugin = { name: interrupted.interrupted.plugin };
  const seen = { info: await client.info(), exported: interrupted.exported, plugin };
  const left = await leftBehind(client, seen, isPruned);
  if (left.problem !== null) throw notAbandoned(plugin.name, client.address.label, left.problem);
  return { interrupted, left };
}

function notAbandoned(plugin: string, host: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'not-abandoned',
    exit: EXIT.host,
    message: `the interrupted change of ${plugin} on ${host} could not be cleaned up completely`,
    reason,
    hint: `run it again: kplugin remove ${pluginAt(plugin, host)}`,
  });
}

/** The data of `remove --json`. */
export function abandonedData(
  { interrupted: { interrupted }, left }: Abandoned,
  host: string,
): object {
  const { plugin } = interrupted;
  return { host, plugin, removed: false, abandoned: true, interrupted, left };
}

/** The view of `remove`. */
export function abandonedView({ interrupted, left }: Abandoned, host: string): View {
  const { plugin } = interrupted.interrupted;
  return {
    title: [good('abandoned'), ' ', bold(plugin), ` on ${host}: it is not there`],
    lines: leftLines(left),
  };
}
