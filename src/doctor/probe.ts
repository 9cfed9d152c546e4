import type { Credentials } from '../client/auth/credentials.ts';
import { Secret } from '../client/auth/secret.ts';
import type { HostClient } from '../client/host-client.ts';
import { HostFailure } from '../client/http/host-failure.ts';
import type { Probe } from './host/host-facts.ts';

/** Requests the plugins of a host with other credentials than its own, over a connection that is closed afterwards. */
export async function probeWith(
  token: string | null,
  open: (credentials: Credentials) => HostClient,
): Promise<Probe> {
  const client = open(
    token === null ? { kind: 'none' } : { kind: 'token', token: new Secret(token) },
  );
  try {
    await client.plugins();
    return { status: 200, words: '' };
  } catch (thrown) {
    if (!(thrown instanceof HostFailure) || thrown.status === null) throw thrown;
    return { status: thrown.status, words: thrown.words ?? '' };
  } finally {
    await client.close();
  }
}
