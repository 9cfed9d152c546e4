import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { isUrl, sourceLabel } from '../../model/package-source.ts';
import { symbolFile } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView } from '../../model/view.ts';
import { buildProject } from '../../package/build/build-project.ts';
import type { Identity } from '../../package/identity.ts';
import { inspect } from '../../package/inspect.ts';
import { prepareProject } from '../../package/prepare.ts';
import {
  howToPackNote,
  searchedInPartNote,
  strictDecisions,
  strictNote,
} from '../../package/strict-decisions.ts';
import { entryDate } from '../../package/write/entry-date.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import { openZipView } from '../../package/zip-view.ts';
import type { InstallWatcher } from '../change/change.ts';
import { type Candidate, candidate } from './candidate.ts';
import { download } from './download.ts';

/** Bytes. Larger zips are read in pieces, because a rollout holds many connections at the same time. */
const IN_MEMORY_BELOW = 8 * 1024 * 1024;

export interface ObtainOptions {
  /** The base of a relative path. */
  readonly cwd: string;
  readonly target: Target;
  /** GOARCH to build for; null when the host does not report it. */
  readonly arch: string | null;
  /** An existing directory for temporary files. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly watcher: Pick<InstallWatcher, 'waiting' | 'settled'>;
}

/**
 * Makes a candidate of a directory (built and packed for the host), a zip, or a URL, which kplugin downloads so that
 * eKuiper does not have to (docs/ekuiper.md#downloads). Reads and validates it for the target. Throws exit 2 when the
 * source does not exist, exit 3 when a download fails.
 */
export async function obtainCandidate(source: string, options: ObtainOptions): Promise<Candidate> {
  if (isUrl(source)) {
    return fromZip(await download(source, options), sourceLabel(source), options.target);
  }
  const file = path.resolve(options.cwd, source);
  return (await isDirectory(source, options.cwd))
    ? fromDirectory(file, source, options)
    : fromZip(file, source, options.target);
}

/** Throws exit 2 when the source does not exist or cannot be installed; called before any request to a host. */
export async function refuseNoSource(source: string, cwd: string): Promise<void> {
  if (!isUrl(source)) await isDirectory(source, cwd);
}

async function isDirectory(source: string, cwd: string): Promise<boolean> {
  const stats = await stat(path.resolve(cwd, source)).catch(() => null);
  if (stats === null) throw nothingThere(source);
  if (stats.isDirectory() || stats.isFile()) return stats.isDirectory();
  throw new KpluginError({
    code: 'not-a-plugin',
    exit: EXIT.usage,
    message: `${source} is a pipe, socket or device, not a plugin`,
    hint: 'give the directory of a project, a package (.zip) or its http(s) URL',
  });
}

async function fromDirectory(
  directory: string,
  label: string,
  options: ObtainOptions,
): Promise<Candidate> {
  const { watcher } = options;
  watcher.waiting(`packing ${label}`, Number.POSITIVE_INFINITY);
  try {
    return await packed(directory, label, options);
  } finally {
    watcher.settled();
  }
}

async function packed(
  directory: string,
  label: string,
  options: ObtainOptions,
): Promise<Candidate> {
  const { target, arch, env, signal, watcher, scratch } = options;
  const onStart = (command: string): void => watcher.waiting(command, Number.POSITIVE_INFINITY);
  await buildProject({ directory, arch: arch ?? 'amd64', env, signal, onStart });
  const prepared = await prepareProject(directory, { target, label, signal });
  const { plan, view, identity, findings } = prepared;
  const decisions = strictDecisions(plan, identity.name);
  const notes = [
    ...decisions.map(strictNote),
    howToPackNote(decisions, plan),
    searchedInPartNote(plan),
  ].filter((note) => note !== null);
  const script = await view.read('install.sh');
  const file = path.join(scratch, prepared.fileName);
  const date = entryDate(env['SOURCE_DATE_EPOCH']);
  const zip = await writeScratchPackage(plan.entries, file, { date, signal });
  const sourceYaml = await sourceYamlOf(view, identity);
  const read = { identity, findings, notes, script: asText(script), sourceYaml };
  return candidate({ ...zip, ...read, path: file });
}

async function fromZip(file: string, label: string, target: Target): Promise<Candidate> {
  const view = await openZipView(file, label, IN_MEMORY_BELOW);
  try {
    const { identity, findings, installScript, zip, contentDigest } = await inspect(view, target);
    return candidate({
      identity,
      findings,
      notes: [],
      script: installScript,
      sourceYaml: await sourceYamlOf(view, identity),
      contentDigest,
      path: file,
      size: view.size,
      sha256: zip?.sha256 ?? '',
    });
  } finally {
    await view.close();
  }
}

async function sourceYamlOf(
  view: PluginView,
  identity: Identity,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const symbol of identity.symbols.filter(({ kind }) => kind === 'source')) {
    const bytes = await view.read(symbolFile(symbol, 'yaml'));
    if (bytes !== null) files.set(symbol.name, bytes);
  }
  return files;
}

function asText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function nothingThere(source: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no plugin at ${source}`,
    hint: 'give the directory of a project, a package (.zip) or its http(s) URL',
  });
}
