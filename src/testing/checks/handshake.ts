import { durationText } from '../../model/duration.ts';
import { type Check, failed, passed } from './check.ts';

/** Checks how long the last start of the program took until its handshake. */
export const handshake: Check = async ({ suite, handshakeLimitMs, life }) => {
  const { log, plugin } = suite;
  // eKuiper 1.14 starts it only with the first rule.
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
