import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import { type HostChoice, resolveHosts } from '../hosts/resolve.ts';
import { KpluginError } from '../model/error.ts';
import { type Remark, remark } from './host/check.ts';

export interface NamedHosts {
  /** Empty when none is named, or when the settings cannot be read. */
  readonly hosts: readonly HostConnection[];
  /** Problems of the settings; doctor reports them and does not fail because of them. */
  readonly remarks: readonly Remark[];
}

/** Returns the hosts to check. Throws exit 2 for a typed name that is no host. */
export function namedHosts(flags: HostChoice, context: Context): NamedHosts {
  try {
    return { hosts: resolveHosts(flags, context), remarks: [] };
  } catch (thrown) {
    const isTyped = flags.host.length > 0 || (flags.group ?? []).length > 0;
    if (!(thrown instanceof KpluginError) || isTyped) throw thrown;
    if (thrown.code === 'missing-host') return { hosts: [], remarks: [] };
    const { message, hint } = thrown;
    return { hosts: [], remarks: [remark('machine-hosts', 'error', message, hint)] };
  }
}
