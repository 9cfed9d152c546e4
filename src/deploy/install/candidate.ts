import { createReadStream } from 'node:fs';
import type { UploadFile } from '../../client/multipart.ts';
import type { Finding } from '../../model/finding.ts';
import type { Identity } from '../../package/identity.ts';
import { uploadName } from '../record/upload-name.ts';

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

export interface CandidateParts extends Omit<Candidate, 'digest' | 'upload'> {
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
