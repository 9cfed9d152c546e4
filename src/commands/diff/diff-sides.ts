import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import { inTemporaryFolder } from '../../cli/folders.ts';
import type { HostClient } from '../../client/host-client.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { download } from '../../deploy/install/download.ts';
import { progressWatcher } from '../../fleet/board.ts';
import { openConnection, reachOf, timeoutOf } from '../../hosts/open-connection.ts';
import { type HostFlagValues, resolveHosts } from '../../hosts/resolve.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { isUrl, sourceLabel } from '../../model/shell-word.ts';
import type { DirectoryView } from '../../package/directory-view.ts';
import { openPackage } from '../../package/open/open-package.ts';
import { openView } from '../../package/open/open-view.ts';
import type { ZipView } from '../../package/zip-view.ts';

type View = DirectoryView | ZipView;

/** One side of a comparison. */
export type DiffSide =
  | { readonly kind: 'plugin'; readonly view: View }
  | { readonly kind: 'host'; readonly client: HostClient };

/** Where a side comes from: a path, the URL of a zip, or a host. */
export type SideGiven =
  | { readonly kind: 'path' | 'url' | 'host'; readonly text: string }
  /** The hosts of flags, environment or `kplugin host use`. */
  | { readonly kind: 'flag' };

/** Whether the side is one or several hosts. */
export function isHost({ kind }: SideGiven): boolean {
  return kind === 'host' || kind === 'flag';
}

/** Larger packages are read in chunks to limit memory. */
const IN_MEMORY_BELOW = 8 * 1024 ** 2;

/**
 * Determines the two sides. A single argument is compared with the hosts of the flags: the hosts are the first side,
 * because the argument would replace what they have. Throws exit 2 for `--host` or `--group` together with two
 * arguments.
 */
export async function sidesGiven(
  args: readonly (string | undefined)[],
  flags: HostFlagValues,
  cwd: string,
): Promise<readonly [SideGiven, SideGiven]> {
  const [a = '.', b] = args;
  const first = await given(a, cwd);
  if (b === undefined) return [{ kind: 'flag' }, first];
  if (flags.host.length + (flags.group ?? []).length > 0) throw threeSides(a, b);
  return [first, await given(b, cwd)];
}

async function given(text: string, cwd: string): Promise<SideGiven> {
  if (isUrl(text)) return { kind: isZipUrl(text) ? 'url' : 'host', text };
  const isThere = (await stat(path.resolve(cwd, text)).catch(() => null)) !== null;
  return { kind: isThere || looksLikePath(text) ? 'path' : 'host', text };
}

function isZipUrl(text: string): boolean {
  return /\.zip$/i.test(text.replace(/[?#].*/s, ''));
}

/** Whether a text is meant as a path even if nothing exists there. */
function looksLikePath(text: string): boolean {
  return /\.zip$/i.test(text) || /^[./~]|^[A-Za-z]:\\|\\/.test(text);
}

/** Opens a side, calls `work` and closes it. Throws the errors of opening. */
export async function withSide<T>(
  side: SideGiven,
  flags: HostFlagValues,
  context: Context,
  work: (side: DiffSide) => Promise<T>,
): Promise<T> {
  if (!isHost(side))
    return withPlugin(side, flags, context, (view) => work({ kind: 'plugin', view }));
  const named = side.kind === 'host' ? { ...flags, host: [side.text], group: [] } : flags;
  const client = openOne(named, context);
  try {
    return await work({ kind: 'host', client });
  } catch (thrown) {
    throw side.kind === 'host' ? takenForHost(thrown, side.text, client) : thrown;
  } finally {
    await client.close();
  }
}

function openOne(flags: HostFlagValues, context: Context): HostClient {
  const [connection, ...more] = resolveHosts(flags, context);
  if (connection === undefined || more.length > 0) throw severalSides(more.length + 1);
  return openConnection(connection, context, reachOf(flags));
}

/** Opens a plugin, calls `work` and closes it. Throws the errors of opening. */
export async function withPlugin<T>(
  side: SideGiven,
  flags: Pick<HostFlagValues, 'timeout'>,
  context: Context,
  work: (view: View) => Promise<T>,
): Promise<T> {
  if (side.kind === 'path') return withView(await viewAt(side.text, context.cwd), work);
  if (side.kind !== 'url') throw new Error('a plugin comes from a path or a URL');
  return inTemporaryFolder('kplugin-diff-', context.signal, async (scratch) => {
    const file = await download(side.text, {
      scratch,
      signal: context.signal,
      limit: timeoutOf(flags.timeout),
      watcher: progressWatcher(context.log),
    });
    return withView(await openPackage(file, sourceLabel(side.text), IN_MEMORY_BELOW), work);
  });
}

/** Adds to a connection error that the argument may be a mistyped path, which was taken for a host. */
export function takenForHost(thrown: unknown, text: string, client: HostClient): unknown {
  const isMeant = isUrl(text) || text.includes(':');
  if (isMeant || !(thrown instanceof HostFailure) || thrown.kind !== 'unreachable') return thrown;
  if (!thrown.message.includes(client.address.label)) return thrown;
  return new KpluginError({
    code: thrown.code,
    exit: thrown.exit,
    message: thrown.message,
    reason: `there is no file or folder ${text} here, so it was taken for a host; ${thrown.reason ?? ''}`,
    hint: thrown.hint,
    cause: thrown,
  });
}

async function viewAt(text: string, cwd: string): Promise<View> {
  const file = path.resolve(cwd, text);
  const isFile = (await stat(file).catch(() => null))?.isFile() ?? false;
  return isFile ? openPackage(file, text, IN_MEMORY_BELOW) : openView(file, text);
}

async function withView<T>(view: View, work: (view: View) => Promise<T>): Promise<T> {
  try {
    return await work(view);
  } finally {
    await view.close();
  }
}

function severalSides(count: number): KpluginError {
  return new KpluginError({
    code: 'too-many-sides',
    exit: EXIT.usage,
    message: `${count} hosts are named, and a host is compared with one other`,
    hint: 'kplugin diff <host> <host>',
  });
}

function threeSides(a: string, b: string): KpluginError {
  return new KpluginError({
    code: 'too-many-sides',
    exit: EXIT.usage,
    message: `${a}, ${b} and a host are three to compare, and diff compares two`,
    hint: 'leave out --host and --group, or one of the other two',
  });
}
