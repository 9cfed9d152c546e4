import { HEADER_BYTES, readExecutableHeader } from '../lint/executable/header.ts';
import { mayBeManifest } from '../lint/subject/find-manifest.ts';
import type { Subject } from '../lint/subject/subject.ts';
import type { PluginSymbol } from '../model/symbol.ts';
import type { PluginView, ViewProblem } from '../model/view.ts';
import { handsOff } from './view-contents.ts';

/** Who a plugin is, as far as its manifest and executable tell. */
export interface Identity {
  /** Null when no file can be the manifest. */
  readonly name: string | null;
  /** Empty when the manifest has none. */
  readonly version: string;
  readonly language: string;
  readonly executable: string;
  readonly symbols: readonly PluginSymbol[];
  /** In Go's words (`amd64`, `arm64` …); null when the executable runs anywhere or cannot be read. */
  readonly arch: string | null;
  /** Why what is there cannot be read, where there may be a manifest all the same; left out otherwise. */
  readonly unread?: string;
}

/** A plugin's identity, leniently: what is wrong with it is lint's to say. */
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

/** Why it is no plugin: there is no manifest, or it cannot be read. A clause. */
export function withoutManifest({ unread }: Pick<Identity, 'unread'>): string {
  return unread ?? 'it has no manifest (<name>.json)';
}

const UNREAD: ReadonlySet<ViewProblem['kind']> = new Set([
  'unreadable',
  'encrypted',
  'unsupported-compression',
]);

/** Why a manifest that may be there cannot be read; null where nothing hides one. */
export function unreadManifest(problems: readonly ViewProblem[]): string | null {
  const hostile = handsOff({ problems });
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
 * The file name of a package: `<name>-<version>[-linux-<arch>].zip`, in characters that survive an upload
 * to eKuiper unchanged (docs/ekuiper.md#upload-names).
 */
export function packageFileName(identity: Identity): string {
  const parts = [identity.name ?? 'plugin', identity.version];
  if (identity.arch) parts.push('linux', identity.arch);
  const stem = parts.filter((part) => part !== '').join('-');
  return `${stem.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.zip`;
}
