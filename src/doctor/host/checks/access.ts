import { isLoopback } from '../../../client/http/address.ts';
import { HostFailure } from '../../../client/http/host-failure.ts';
import { type Check, type Remark, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

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
