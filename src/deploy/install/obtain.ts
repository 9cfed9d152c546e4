import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UploadFile } from '../../client/api-calls.ts';
import type { PythonParser } from '../../lint/subject/python-parser.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { isUrl, sourceLabel } from '../../model/shell-word.ts';
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
import { entryDate } from '../../package/write/write-zip.ts';
import { writeScratchPackage } from '../../package/write-package.ts';
import { openZipView } from '../../package/zip-view.ts';
import type { InstallWatcher } from '../change/change.ts';
import { uploadName } from '../record/upload-name.ts';
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
  /** SHA-256 that the zip must have, hex in lower case; left out: any. */
  readonly sha256?: string | null;
  readonly signal: AbortSignal;
  /** Milliseconds of `--timeout`, for a download; null when it is not given. */
  readonly limit: number | null;
  readonly watcher: Pick<InstallWatcher, 'waiting' | 'settled'>;
  /** Reads the sources of Python programs; without it their syntax is not checked. */
  readonly parsePython?: PythonParser;
}

/** A package to be installed, read and validated for one target. */
export interface Candidate {
  readonly identity: Identity;
  /** The text of install.sh; null when the package has none. */
  readonly script: string | null;
  /** The content of `sources/<name>.yaml` by source name. */
  readonly sourceYaml: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
  /** Notes on what `pack` left out or included; empty for a zip. */
  readonly notes: readonly string[];
  /** SHA-256 of the zip file, hex. */
  readonly sha256: string;
  /**
   * SHA-256 of the package content, independent of the compression, hex; that of the zip file when the content cannot
   * be read.
   */
  readonly digest: string;
  readonly upload: UploadFile;
}

/**
 * Makes a candidate of a directory (built and packed for the host), a zip, or a URL, which kplugin downloads so that
 * eKuiper does not have to (docs/ekuiper.md#downloads). Reads and validates it for the target. Throws exit 2 when the
 * source does not exist, exit 3 when a download fails.
 */
export async function obtainCandidate(source: string, options: ObtainOptions): Promise<Candidate> {
  if (isUrl(source)) {
    const file = await download(source, options);
    await refuseUnpinned(file, options);
    return fromZip(file, sourceLabel(source), options);
  }
  const file = path.resolve(options.cwd, source);
  if (await isDirectory(source, options.cwd)) return fromDirectory(file, source, options);
  await refuseUnpinned(file, options);
  return fromZip(file, source, options);
}

/** Throws exit 1 when a zip has another SHA-256 than the wanted one; called before anything in it is read. */
async function refuseUnpinned(
  file: string,
  { sha256 = null, signal }: ObtainOptions,
): Promise<void> {
  if (sha256 === null) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw new KpluginError({
    code: 'sha256-differs',
    exit: EXIT.findings,
    message: 'the package is not the one that --sha256 names; nothing was sent',
    reason: `its SHA-256 is ${found}`,
    hint: 'find out who changed it; if it is meant to be this one, give its SHA-256',
  });
}

/**
 * Throws exit 2 when the source does not exist or cannot be installed; called before any request to a host. Resolves to
 * whether it is a directory.
 */
export async function refuseNoSource(source: string, cwd: string): Promise<boolean> {
  return !isUrl(source) && (await isDirectory(source, cwd));
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

function nothingThere(source: string): KpluginError {
  return new KpluginError({
    code: 'plugin-not-found',
    exit: EXIT.usage,
    message: `there is no plugin at ${source}`,
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
  const { target, arch, env, signal, watcher, scratch, parsePython } = options;
  const onStart = (command: string): void => watcher.waiting(command, Number.POSITIVE_INFINITY);
  await buildProject({ directory, arch: arch ?? 'amd64', env, signal, onStart });
  const prepared = await prepareProject(directory, {
    target,
    label,
    signal,
    ...(parsePython && { parsePython }),
  });
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

async function fromZip(
  file: string,
  label: string,
  { target, parsePython }: Pick<ObtainOptions, 'target' | 'parsePython'>,
): Promise<Candidate> {
  const view = await openZipView(file, label, IN_MEMORY_BELOW);
  try {
    const { identity, findings, installScript, zip, contentDigest } = await inspect(
      view,
      target,
      parsePython && { parsePython },
    );
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

interface CandidateParts extends Omit<Candidate, 'digest' | 'upload'> {
  /** Null when the content cannot be read completely. */
  readonly contentDigest: string | null;
  /** Path of the zip. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Makes a candidate. The upload is named by its content: the same content has the same name, however it was
 * compressed.
 */
export function candidate(parts: CandidateParts): Candidate {
  const { identity, script, sourceYaml, findings, notes, sha256, contentDigest, path, size } =
    parts;
  const digest = contentDigest ?? sha256;
  return {
    identity,
    script,
    sourceYaml,
    findings,
    notes,
    sha256,
    digest,
    upload: {
      name: uploadName(identity.name ?? 'plugin', identity.version, digest),
      size,
      chunks: () => createReadStream(path),
    },
  };
}
