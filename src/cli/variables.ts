import { type Command, variableOf } from './command.ts';
import { GLOBAL_FLAGS } from './globals.ts';

/** Variables without a flag. Secrets have none, so that they are never typed on a command line. */
const WITHOUT_FLAG = ['KPLUGIN_AUDIENCE', 'KPLUGIN_CONFIG', 'KPLUGIN_PROXY', 'KPLUGIN_TOKEN'];

/** Every environment variable that kplugin reads, sorted. */
export function knownVariables(table: readonly Command[]): readonly string[] {
  const flags = [GLOBAL_FLAGS, ...table.map((command) => command.flags)];
  const names = flags.flatMap((some) =>
    Object.entries(some).flatMap(([name, flag]) => variableOf(name, flag) ?? []),
  );
  return [...new Set([...names, ...WITHOUT_FLAG])].sort();
}
