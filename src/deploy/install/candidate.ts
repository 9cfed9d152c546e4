import { createReadStream } from 'node:fs';
import type { UploadFile } from '../../client/multipart.ts';
import type { Finding } from '../../model/finding.ts';
import type { Identity } from '../../package/identity.ts';
import { uploadName } from '../record/upload-name.ts';

/** A package that is to be installed, read and checked for one target. */
export interface Candidate {
  readonly identity: Identity;
  /** The text of install.sh; null when the package has none. */
  readonly script: string | null;
  /** Text of `sources/<name>.yaml` by source. */
  readonly sourceYaml: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
  /** What packing left out or took nevertheless; empty for a zip. */
  readonly notes: readonly string[];
  /** Of the zip's bytes, hex. */
  readonly sha256: string;
  /** Of its content whatever the compression, hex; that of the bytes where the content cannot be read. */
  readonly digest: string;
  readonly upload: UploadFile;
}

export interface CandidateParts extends Omit<Candidate, 'digest' | 'upload'> {
  /** Null where the content cannot be read as a whole. */
  readonly contentDigest: string | null;
  /** Where the zip lies. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Names the package by its content: the same content is the same upload, whoever compressed it. */
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
