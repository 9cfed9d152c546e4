/** What the entries of a key store of Java hold, as far as its first bytes say. */
export type StoreContent = 'certificates' | 'keys';

const JKS = 0xfeedfeed;
const JCEKS = 0xcececece;
const BKS_SALT = 20;
/** Of an entry: a certificate that is trusted. 1 and 3 are keys. */
const TRUSTED = 2;

/**
 * What a key store of Java holds, whatever the file is called: JKS and JCEKS (the formats of
 * sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore), BKS (org.bouncycastle's BcKeyStoreSpi).
 * `certificates` only where all entries were seen to be certificates; null for another file.
 */
export function javaStore(start: Uint8Array): StoreContent | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.length < 12) return null;
  const magic = bytes.readUInt32BE(0);
  const version = bytes.readUInt32BE(4);
  if (magic === JKS || magic === JCEKS) {
    if (version !== 1 && version !== 2) return null;
    return onlyCertificates(bytes, version) ? 'certificates' : 'keys';
  }
  return isBks(bytes) ? 'keys' : null;
}

/** A version, the length and the bytes of a salt, the count of iterations, the type of the first entry. */
function isBks(bytes: Buffer): boolean {
  if (bytes.length < 33 || bytes.readUInt32BE(4) !== BKS_SALT) return false;
  const version = bytes.readUInt32BE(0);
  const iterations = bytes.readUInt32BE(28);
  const type = bytes[32] ?? 0;
  return version >= 1 && version <= 2 && iterations > 0 && iterations < 2 ** 20 && type <= 4;
}

function onlyCertificates(bytes: Buffer, version: number): boolean {
  const count = bytes.readUInt32BE(8);
  let at = 12;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 6 > bytes.length || bytes.readUInt32BE(at) !== TRUSTED) return false;
    // The alias, then the time.
    at += 4 + 2 + bytes.readUInt16BE(at + 4) + 8;
    if (version === 2 && at + 2 <= bytes.length) at += 2 + bytes.readUInt16BE(at);
    if (at + 4 > bytes.length) return false;
    at += 4 + bytes.readUInt32BE(at);
  }
  return true;
}
