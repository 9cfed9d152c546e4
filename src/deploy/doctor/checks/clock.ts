import { durationText } from '../../../model/duration.ts';
import { type Check, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

const WARN_SECONDS = 30;
/** What a token lasts when nobody said otherwise. */
const USUAL_LIFE = 300;

/**
 * The host's clock by its Date header (whole seconds) against this machine's: eKuiper checks `exp` and `nbf` of a token
 * without leeway (real-servers.md N15), so a host that is ahead finds every token expired.
 */
export const clock: Check<HostFacts> = {
  id: 'host-clock',
  asks: 'its clock',
  async look(facts) {
    await facts.info();
    const theirs = facts.client.hostTime();
    if (theirs === null) {
      return [
        remark('host-clock', 'skipped', 'its clock cannot be told: its answers have no Date'),
      ];
    }
    const ahead = Math.round((theirs - facts.now()) / 1000);
    const apart = Math.abs(ahead);
    if (apart < WARN_SECONDS) return [remark('host-clock', 'ok', 'its clock agrees with this one')];
    const level = facts.hasToken && ahead >= (facts.tokenLife ?? USUAL_LIFE) ? 'error' : 'warning';
    const text = `its clock is ${durationText(apart * 1000)} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's: ${
      ahead > 0
        ? 'tokens expire there before they do here'
        : 'tokens live longer there than they should'
    }`;
    return [
      remark(
        'host-clock',
        level,
        text,
        'set both clocks by a time server: timedatectl set-ntp true',
      ),
    ];
  },
};
