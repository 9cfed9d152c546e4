import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { isLoopback } from '../../../client/http/address.ts';
import { HostFailure } from '../../../client/http/host-failure.ts';
import { type Check, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * The issuer of the sample key: issuers are file names in etc/mgmt. Source: eKuiper etc/mgmt at v2.4.0,
 * jwt/rsa_keys.go.
 */
const SAMPLE_KEY = 'sample_key.pub';

/**
 * Whether the host grants access to kplugin, and whether it does so without a token. Source: docs/ekuiper.md#tokens.
 */
export const access: Check<HostFacts> = {
  id: 'host-access',
  asks: 'whether it lets kplugin in',
  async look(facts) {
    try {
      await facts.client.plugins();
      return [facts.hasToken ? await withToken(facts) : open(facts)];
    } catch (thrown) {
      if (thrown instanceof HostFailure) return [shut(thrown)];
      throw thrown;
    }
  },
};

/** eKuiper's default. Common on loopback; on any other address everyone has access. */
function open({ client }: HostFacts): Remark {
  if (isLoopback(client.address)) return remark('host-access', 'ok', 'it requires no token');
  const text = 'it requires no token: everyone who reaches it can run programs on that machine';
  return remark(
    'host-access',
    'warning',
    text,
    'turn on basic.authentication in etc/kuiper.yaml, and make the keys: kplugin host keygen <name>',
  );
}

async function withToken(facts: HostFacts): Promise<Remark> {
  const { status } = await facts.probe(null);
  return status === 401
    ? remark('host-access', 'ok', 'it accepts the token')
    : remark('host-access', 'ok', 'it requires no token and ignores the one that kplugin sends');
}

function shut({ message, reason, hint, status }: HostFailure): Remark {
  const why = reason === null ? '' : ` (${reason})`;
  return remark(
    'host-access',
    'error',
    status === 401 ? `it does not let kplugin in: ${message}${why}` : `${message}${why}`,
    hint,
  );
}

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

/**
 * Makes a token with the sample key as issuer, signed by a temporary key, so that it never grants access. `now`: as in
 * {@link HostFacts}.
 */
async function forgedToken(now: number): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const claims = { iss: SAMPLE_KEY, aud: ['eKuiper'], exp: Math.floor(now / 1000) + 3600 };
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
