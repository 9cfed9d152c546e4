import { durationText } from '../../../model/duration.ts';
import { KpluginError } from '../../../model/error.ts';
import { type Check, type Remark, remark } from '../doctor-check.ts';
import { type HostFacts, upText } from '../host-facts.ts';

const WARN_SECONDS = 30;

/** Seconds. With a clock this far ahead, a host considers most tokens expired. */
const ERROR_SECONDS = 300;

/** `GET /`: whether an eKuiper answers, how fast, and its version. */
export const reached: Check<HostFacts> = {
  id: 'host-reached',
  asks: 'whether the host answers',
  async look(facts) {
    const asked = facts.now();
    try {
      const { version, os, arch, upTimeSeconds } = await facts.info();
      const took = durationText(Math.max(1, facts.now() - asked));
      const system = [os, arch].filter((part) => part !== null).join('/');
      const up = upTimeSeconds === null ? '' : `, up for ${upText(upTimeSeconds)}`;
      const name = version === '' ? 'an eKuiper without a version' : `eKuiper ${version}`;
      const text = `${facts.label} answers in ${took}: ${name}${system === '' ? '' : ` on ${system}`}${up}`;
      return [remark('host-reached', 'ok', text)];
    } catch (thrown) {
      if (!(thrown instanceof KpluginError)) throw thrown;
      const why = thrown.reason === null ? '' : ` (${thrown.reason})`;
      return [remark('host-reached', 'error', `${thrown.message}${why}`, thrown.hint)];
    }
  },
};

/**
 * Compares the host's clock, from its Date header (whole seconds), with this machine's: eKuiper checks `exp` and `nbf`
 * of a token without leeway (docs/ekuiper.md#tokens), so a host whose clock is ahead considers every token expired.
 */
export const clock: Check<HostFacts> = {
  id: 'host-clock',
  asks: 'its clock',
  async look(facts) {
    await facts.info();
    const theirs = facts.client.hostTime();
    if (theirs === null) {
      return [remark('host-clock', 'skipped', 'its clock is not known: its answers have no Date')];
    }
    const ahead = Math.round((theirs - facts.now()) / 1000);
    const apart = Math.abs(ahead);
    if (apart < WARN_SECONDS) return [remark('host-clock', 'ok', 'its clock agrees with this one')];
    return [skewed(ahead, facts)];
  },
};

function skewed(ahead: number, { hasToken, signs }: HostFacts): Remark {
  const apart = upText(Math.abs(ahead));
  const hint = 'set both clocks by a time server: timedatectl set-ntp true';
  if (ahead < 0) {
    const text = `its clock is ${apart} behind this machine's: tokens live longer there than they should`;
    return remark('host-clock', 'warning', text, hint);
  }
  const text = `its clock is ${apart} ahead of this machine's, and it finds tokens expired by its own`;
  if (signs)
    return remark(
      'host-clock',
      'warning',
      `${text}; kplugin signs its tokens by the later clock`,
      hint,
    );
  return remark('host-clock', hasToken && ahead >= ERROR_SECONDS ? 'error' : 'warning', text, hint);
}
