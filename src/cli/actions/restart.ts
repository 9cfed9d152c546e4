import { restartPlugin } from '../../deploy/history/restart.ts';
import type { Action } from '../command.ts';
import type { restart } from '../commands/restart.ts';
import { againOutcome } from '../deploy/again-text.ts';
import { withRescue } from '../deploy/with-rescue.ts';

export const run: Action<typeof restart.flags> = ({ flags, args }, context) =>
  withRescue(flags, context, async (client, effects) => {
    const result = await restartPlugin(client, args[0] ?? '', effects);
    return againOutcome(result, client.address.label, 'restarted');
  });
