import type { Context } from '../../cli/context.ts';
import type { Credentials } from '../../client/auth/credentials.ts';
import type { HostConnection } from '../../client/connection.ts';
import type { HostClient } from '../../client/host-client.ts';
import type { Section } from '../../doctor/diagnosis.ts';
import { examineHost } from '../../doctor/host/examine-host.ts';
import { hostFacts } from '../../doctor/host/host-facts.ts';
import type { CheckEffects } from '../../doctor/host/run-checks.ts';
import { knockWith } from '../../doctor/knock.ts';
import { openConnection } from '../../hosts/open-connection.ts';
import { systemClock } from '../../hosts/system-clock.ts';

export interface HostVisit {
  readonly connection: HostConnection;
  /** `--write` */
  readonly write: boolean;
  /** Milliseconds per answer; a check may ask twice. */
  readonly limit: number;
  readonly effects: CheckEffects;
}

/** Everything about the host; opened and closed here. */
export async function hostSection(visit: HostVisit, context: Context): Promise<Section> {
  const { connection, write, limit, effects } = visit;
  const open = (credentials: Credentials): HostClient =>
    openConnection({ ...connection, credentials }, context, { timeout: limit, retries: 0 });
  const client = open(connection.credentials);
  try {
    const facts = hostFacts({
      client,
      write,
      now: Date.now,
      clock: systemClock(context.signal),
      hasToken: connection.credentials.kind !== 'none',
      signs: connection.credentials.kind === 'key-file',
      knock: (token) => knockWith(token, open),
    });
    const remarks = await examineHost(facts, 2 * limit, effects);
    return { part: 'host', title: `Host ${connection.label}`, remarks };
  } finally {
    await client.close();
  }
}
