import { HEADER_BYTES, readExecutableHeader } from '../lint/executable/executable-header.ts';
import { mayBeManifest } from '../lint/subject/find-manifest.ts';
import type { Subject } from '../lint/subject/subject.ts';
import type { PluginSymbol } from '../model/symbol.ts';
import type { PluginView, ViewProblem } from '../model/view.ts';
import { blockingProblem } from './view-contents.ts';

/** The identity of a plugin according to its manifest and executable. */
export interface Identity {
  /** Null when no file can be the manifest. */
  readonly name: string | null;
  /** Empty when the manifest has none. */
  readonly version: string;
  readonly language: string;
  readonly executable: string;
  readonly symbols: readonly PluginSymbol[];
  /** In Go's names (`amd64`, `arm64` …); null when the executable is portable or cannot be read. */
  readonly arch: string | null;
  /** Why a possible manifest cannot be read; omitted otherwise. */
  readonly unread?: string;
}

/** Determines a plugin's identity without validating it; lint reports what is invalid. */
export async function identityOf({ name, decoded, symbols, view }: Subject): Promise<Identity> {
  const executable = decoded?.executable ?? '';
  const unread = name === null ? unreadManifest(view.problems) : null;
  return {
    name,
    version: decoded?.version ?? '',
    language: decoded?.language ?? '',
    executable,
    symbols,
    arch: await archOf(view, executable),
    ...(unread === null ? {} : { unread }),
  };
}

/** A clause that states why it is not a plugin: the manifest is missing or cannot be read. */
export function withoutManifest({ unread }: Pick<Identity, 'unread'>): string {
  return unread ?? 'it has no manifest (<name>.json)';
}

const UNREAD: ReadonlySet<ViewProblem['kind']> = new Set([
  'unreadable',
  'encrypted',
  'unsupported-compression',
]);

/** Why a possible manifest cannot be read; null when no problem conceals one. */
export function unreadManifest(problems: readonly ViewProblem[]): string | null {
  const hostile = blockingProblem({ problems });
  if (hostile !== null) return `it cannot be read: ${hostile.detail}`;
  const found = problems.find(
    ({ kind, entry }) => UNREAD.has(kind) && entry !== null && mayBeManifest(entry),
  );
  if (found === undefined) return null;
  return `${found.entry} is there and cannot be read: ${found.detail.replace(/^is /, 'it is ')}`;
}

async function archOf(view: PluginView, executable: string): Promise<string | null> {
  const bytes = executable === '' ? null : await view.read(executable, HEADER_BYTES);
  const header = bytes && readExecutableHeader(bytes);
  return header?.format === 'elf' ? header.machine : null;
}

/**
 * The file name of a package: `<name>-<version>[-linux-<arch>].zip`, with characters that stay unchanged in an upload
 * to eKuiper (docs/ekuiper.md#upload-names).
 */
export function packageFileName(identity: Identity): string {
  const parts = [identity.name ?? 'plugin', identity.version];
  if (identity.arch) parts.push('linux', identity.arch);
  const stem = parts.filter((part) => part !== '').join('-');
  return `${stem.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.zip`;
}
