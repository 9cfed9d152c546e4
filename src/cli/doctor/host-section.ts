import type { Credentials } from '../../deploy/auth/credentials.ts';
import type { HostConnection } from '../../deploy/client/connection.ts';
import type { HostClient } from '../../deploy/client/host-client.ts';
import { examineHost } from '../../deploy/doctor/examine-host.ts';
import { hostFacts } from '../../deploy/doctor/host-facts.ts';
import type { CheckEffects } from '../../deploy/doctor/run-checks.ts';
import type { Context } from '../context.ts';
import { openConnection } from '../deploy/open-connection.ts';
import { systemClock } from '../deploy/system-clock.ts';
import type { Section } from './diagnosis.ts';
import { knockWith } from './knock.ts';

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
