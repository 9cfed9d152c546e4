import type { Action } from '../../../cli/command.ts';
import type { Context } from '../../../cli/context.ts';
import { errorData } from '../../../cli/outcome.ts';
import { bad, bold, dim, good, linesOf, type Note, type View } from '../../../cli/output/view.ts';
import type { HostConnection } from '../../../client/host-client.ts';
import { hostsFile, readHosts } from '../../../hosts/hosts-file.ts';
import { openConnection, timeoutOf } from '../../../hosts/open-connection.ts';
import { resolveHosts } from '../../../hosts/resolve.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';
import type { command } from './command.ts';

/** Maximum number of hosts that are tested at the same time. */
const AT_ONCE = 16;

export const run: Action<typeof command.flags> = async ({ flags, rest }, context) => {
  const all = [...readHosts(hostsFile(context.env, context.cwd)).hosts.keys()];
  const named = rest.length > 0 || flags.group.length > 0 ? rest : all;
  const connections = resolveHosts({ ...flags, host: named }, context, 'name');
  const limit = timeoutOf(flags.timeout);
  const tried: Tried[] = [];
  const left = [...connections.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      tried[next[0]] = await tryHost(next[1], limit, context);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const failed = tried.filter(({ error }) => error !== null);
  return {
    data: { hosts: tried.map(dataOf) },
    view: () => view(tried),
    ...(failed.length === 0 ? {} : { error: failure(failed) }),
  };
};

interface Tried {
  readonly connection: HostConnection;
  /** eKuiper's version; null when it could not be read. */
  readonly version: string | null;
  readonly error: KpluginError | null;
}

/** Tests a host: `GET /` works without a token, the list of plugins needs one. */
async function tryHost(
  connection: HostConnection,
  timeout: number | null,
  context: Context,
): Promise<Tried> {
  const client = openConnection(connection, context, { timeout, retries: 0 });
  let version: string | null = null;
  try {
    version = (await client.info()).version;
    await client.plugins();
    return { connection, version, error: null };
  } catch (thrown) {
    if (!(thrown instanceof KpluginError)) throw thrown;
    return { connection, version, error: thrown };
  } finally {
    await client.close();
  }
}

function dataOf({ connection, version, error }: Tried): object {
  const { name, address } = connection;
  return {
    name,
    address: `${address.origin}${address.basePath}`,
    ok: error === null,
    version,
    error: error && errorData(error),
  };
}

function view(tried: readonly Tried[]): View {
  return {
    table: {
      rows: tried.map(({ connection: { label, address }, version, error }) => [
        bold(label),
        `${address.origin}${address.basePath}`,
        version === null ? '-' : `eKuiper ${version}`,
        error === null ? good('ok') : bad(error.message),
      ]),
    },
    notes: tried.flatMap(fixOf),
  };
}

function fixOf({ connection, error }: Tried): Note[] {
  if (error === null) return [];
  const hint = linesOf(`${connection.label}: ${error.hint}`);
  return [{ label: ['  ', dim('fix'), ' '], ...hint, whole: true }];
}

function failure(failed: readonly Tried[]): KpluginError {
  const names = failed.map(({ connection }) => connection.label).join(', ');
  const [first] = failed;
  return new KpluginError({
    code: 'hosts-fail',
    exit: first?.error?.exit === EXIT.usage && failed.length === 1 ? EXIT.usage : EXIT.host,
    message: `${failed.length === 1 ? '1 host does' : `${failed.length} hosts do`} not answer as they should: ${names}`,
    hint: first?.error?.hint ?? 'kplugin host show <name>',
  });
}
