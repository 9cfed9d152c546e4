import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Certificate, makeAuthority } from '../../unit/client/certificates.ts';

/** A CA whose files lie in a folder: `<name>.pem`. */
export interface Authority {
  readonly cert: string;
  issue(names: readonly string[]): Promise<Certificate>;
  /** Lays a client's `<name>.pem` and `<name>.key` beside the CA. */
  client(name: string): Promise<void>;
}

/** Makes one; the CA's own key is kept by nobody. */
export async function authority(folder: string, name: string): Promise<Authority> {
  const { ca, issue } = await makeAuthority();
  await writeFile(path.join(folder, `${name}.pem`), ca.cert);
  return {
    cert: ca.cert,
    issue,
    async client(who) {
      const { cert, key } = await issue([who]);
      await writeFile(path.join(folder, `${who}.pem`), cert, { mode: 0o600 });
      await writeFile(path.join(folder, `${who}.key`), key, { mode: 0o600 });
    },
  };
}
