import { type Check, remark } from '../check.ts';
import { forgedToken, SAMPLE_KEY } from '../forged-token.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * Whether the host still accepts the key that eKuiper shipped up to 2.4.0 with its private half
 * (docs/ekuiper.md#sample-key). Sends a token that names this key as its issuer but has an invalid signature: eKuiper
 * looks up the key before it checks the signature.
 */
export const sampleKey: Check<HostFacts> = {
  id: 'host-sample-key',
  asks: 'whether it trusts the published sample key',
  async look(facts) {
    if ((await facts.probe(null)).status !== 401) return [];
    const { status, words } = await facts.probe(await forgedToken(facts.now()));
    if (status === 401 && /not found target key file/.test(words)) {
      return [remark('host-sample-key', 'ok', `it does not trust the published key ${SAMPLE_KEY}`)];
    }
    if (status === 401 && /signature|verification error/.test(words)) {
      const text = `it trusts ${SAMPLE_KEY}, whose private half everybody can download with eKuiper: authentication keeps nobody out`;
      const hint = `on the host: rm etc/mgmt/sample_key etc/mgmt/${SAMPLE_KEY} (it is looked up with each request, so no restart; #4086)`;
      return [remark('host-sample-key', 'warning', text, hint)];
    }
    const text = `whether it trusts ${SAMPLE_KEY} is not known: it answered ${status} to a token in its name`;
    return [remark('host-sample-key', 'skipped', text)];
  },
};
