import { generate } from 'selfsigned';
import { scratch, secretFile } from './auth/keys.ts';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  readonly folder: string;
  readonly ca: Certificate;
  readonly caFile: string;
  readonly issue: Issue;
  /** Writes a text beside the others. */
  file(name: string, text: string): Promise<string>;
}

/** A certificate signed by the CA; `names` are what it is good for. */
export type Issue = (names: readonly string[], from?: Date, until?: Date) => Promise<Certificate>;

const DAY = 86_400_000;

/** A company's own CA for one test. */
export async function certificates(): Promise<Certificates> {
  const folder = await scratch();
  const { ca, issue } = await makeAuthority();
  return {
    folder,
    ca,
    caFile: await secretFile(folder, 'ca.pem', ca.cert),
    issue,
    file: (name, text) => secretFile(folder, name, text),
  };
}

/** A CA that is nowhere but in memory. */
export async function makeAuthority(): Promise<{
  readonly ca: Certificate;
  readonly issue: Issue;
}> {
  const made = await generate([{ name: 'commonName', value: 'Test CA' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { cert: made.cert, key: made.private };
  return { ca, issue: (names, from, until) => issued(ca, names, from, until) };
}

async function issued(
  ca: Certificate,
  names: readonly string[],
  from = new Date(Date.now() - DAY),
  until = new Date(Date.now() + DAY),
): Promise<Certificate> {
  const altNames = names.map((name) =>
    /^\d/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  );
  const one = await generate([{ name: 'commonName', value: names[0] ?? 'x' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    notBeforeDate: from,
    notAfterDate: until,
    ca,
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { cert: one.cert, key: one.private };
}
