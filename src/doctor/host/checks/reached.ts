import { durationText } from '../../../model/duration.ts';
import { KpluginError } from '../../../model/error.ts';
import { type Check, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';
import { upText } from '../up-text.ts';

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
