import { parseAddress } from '../../deploy/address.ts';
import type { HostConnection } from '../../deploy/client/connection.ts';
import { NO_TLS_FILES } from '../../deploy/client/tls.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { FlagValues } from '../command.ts';
import type { Context } from '../context.ts';
import type { HOST_FLAGS } from '../host-flags.ts';

/** The values of {@link HOST_FLAGS}; `group` where the command can do several hosts. */
export type HostFlagValues = FlagValues<typeof HOST_FLAGS> & {
  readonly group?: readonly string[];
};

/**
 * The hosts that `--host`, `--group` or the environment name, each once, in the order in which they were named.
 * Throws exit 2 when none is named, and for names that nobody added.
 */
export function resolveHosts(flags: HostFlagValues, context: Context): HostConnection[] {
  const named = flags.host.length > 0 ? flags.host : listOf(context.env['KPLUGIN_HOST']);
  if (named.length === 0) throw noHost();
  return named.map(byAddress);
}

function byAddress(text: string): HostConnection {
  const address = parseAddress(text);
  return {
    name: null,
    address,
    label: address.label,
    credentials: { kind: 'none' },
    tls: NO_TLS_FILES,
    proxy: null,
  };
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function noHost(): KpluginError {
  return new KpluginError({
    code: 'missing-host',
    exit: EXIT.usage,
    message: 'no host is named',
    reason: 'kplugin never guesses which eKuiper is meant',
    hint: 'add --host edge1:9081, or set KPLUGIN_HOST=edge1:9081; kplugin serve gives one to try things out',
  });
}
