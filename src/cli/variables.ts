import { type Command, variableOf } from './command.ts';
import { GLOBAL_FLAGS } from './globals.ts';

/** Secrets and places that are no flags: nothing secret is ever typed. */
const WITHOUT_FLAG = ['KPLUGIN_AUDIENCE', 'KPLUGIN_CONFIG', 'KPLUGIN_PROXY', 'KPLUGIN_TOKEN'];

/** Every environment variable that kplugin reads, sorted. */
export function knownVariables(table: readonly Command[]): readonly string[] {
  const flags = [GLOBAL_FLAGS, ...table.map((command) => command.flags)];
  const names = flags.flatMap((some) =>
    Object.entries(some).flatMap(([name, flag]) => variableOf(name, flag) ?? []),
  );
  return [...new Set([...names, ...WITHOUT_FLAG])].sort();
}
