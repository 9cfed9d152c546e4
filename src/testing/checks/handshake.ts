import { durationText } from '../../model/duration.ts';
import { type Check, failed, passed } from './check.ts';

/** How long the program took to shake hands when it was started last. */
export const handshake: Check = async ({ around, handshakeLimitMs, life }) => {
  const { log, plugin } = around;
  // eKuiper 1.14 starts it with the first rule only.
  if (log.handshakeMs(plugin) === null) await life.renew();
  const ms = log.handshakeMs(plugin) ?? 0;
  if (ms <= handshakeLimitMs) return [passed(null, `after ${durationText(ms)}`)];
  return [
    failed(null, `the handshake came after ${durationText(ms)}`, {
      why: `the limit here is ${durationText(handshakeLimitMs)}; eKuiper abandons after portable.initTimeout (60 s as shipped from 2.0) and every start of the plugin, also after an update, takes this long`,
      hint: 'connect first and load what takes time when a symbol starts; --init-timeout allows more',
    }),
  ];
};
