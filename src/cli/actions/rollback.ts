import type { HostClient } from '../../deploy/client/host-client.ts';
import { knownPlugins } from '../../deploy/history/known-plugins.ts';
import { rollback as rollBack } from '../../deploy/history/rollback.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { rollback } from '../commands/rollback.ts';
import { againOutcome } from '../deploy/again-text.ts';
import { withRescue } from '../deploy/with-rescue.ts';

export const run: Action<typeof rollback.flags> = ({ flags, args }, context) =>
  withRescue(flags, context, async (client, effects) => {
    const name = args[0] ?? (await onlyPlugin(client));
    const result = await rollBack(client, name, flags.to ?? null, effects);
    return againOutcome(result, client.address.label, 'rolled back');
  });

/** Throws exit 2 where it is not plain which plugin is meant. */
async function onlyPlugin(client: HostClient): Promise<string> {
  const names = await knownPlugins(client);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const host = client.address.label;
  throw new KpluginError({
    code: 'which-plugin',
    exit: EXIT.usage,
    message:
      only === undefined
        ? `kplugin has put no plugin onto ${host}`
        : `kplugin has put several plugins onto ${host}: ${names.join(', ')}`,
    hint:
      only === undefined
        ? `kplugin list --host ${host}`
        : `name one: kplugin rollback ${only} --host ${host}`,
  });
}
