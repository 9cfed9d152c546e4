import { generate } from 'selfsigned';
import { scratch, secretFile } from '../auth/keys.ts';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  readonly folder: string;
  readonly ca: Certificate;
  readonly caFile: string;
  /** Signed by the CA; `names` are what it is good for. */
  issue(names: readonly string[], from?: Date, until?: Date): Promise<Certificate>;
  /** Writes a text beside the others. */
  file(name: string, text: string): Promise<string>;
}

const DAY = 86_400_000;

/** A company's own CA for one test. */
export async function certificates(): Promise<Certificates> {
  const folder = await scratch();
  const made = await generate([{ name: 'commonName', value: 'Test CA' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { cert: made.cert, key: made.private };
  return {
    folder,
    ca,
    caFile: await secretFile(folder, 'ca.pem', ca.cert),
    async issue(names, from = new Date(Date.now() - DAY), until = new Date(Date.now() + DAY)) {
      const one = await generate([{ name: 'commonName', value: names[0] ?? 'x' }], {
        algorithm: 'sha256',
        keyType: 'ec',
        notBeforeDate: from,
        notAfterDate: until,
        ca,
        extensions: [
          {
            name: 'subjectAltName',
            altNames: names.map((name) =>
              /^\d/.test(name) ? { type: 7, ip: name } : { type: 2, value: name },
            ),
          },
        ],
      });
      return { cert: one.cert, key: one.private };
    },
    file: (name, text) => secretFile(folder, name, text),
  };
}
