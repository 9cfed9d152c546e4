import type { Context } from '../cli/context.ts';
import type { HostConnection } from '../client/connection.ts';
import { type HostChoice, resolveHosts } from '../hosts/resolve.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { type Remark, remark } from './host/check.ts';

export interface NamedHost {
  /** Null when none is named, or when the settings cannot be read. */
  readonly connection: HostConnection | null;
  /** What is wrong with the settings: the doctor is asked when they are, so it does not fail for it. */
  readonly remarks: readonly Remark[];
}

/** The one host to look at. Throws exit 2 for a name that was typed and is none. */
export function resolveOne(flags: HostChoice, context: Context): NamedHost {
  try {
    const [connection = null, ...more] = resolveHosts(flags, context);
    if (more.length > 0) throw several(more.length + 1);
    return { connection, remarks: [] };
  } catch (thrown) {
    if (!(thrown instanceof KpluginError) || flags.host.length > 0) throw thrown;
    if (thrown.code === 'missing-host') return { connection: null, remarks: [] };
    const { message, hint } = thrown;
    return { connection: null, remarks: [remark('machine-hosts', 'error', message, hint)] };
  }
}

function several(count: number): KpluginError {
  return new KpluginError({
    code: 'one-host',
    exit: EXIT.usage,
    message: `${count} hosts are named, and doctor looks at one`,
    hint: 'give one --host; run it once for each',
  });
}
