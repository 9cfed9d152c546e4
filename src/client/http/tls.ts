import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { EXIT, KpluginError } from '../../model/error.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';
import { readSecret } from '../auth/credentials.ts';

/** PEM files for HTTPS, absolute paths; null for none. */
export interface TlsFiles {
  /** Trusted instead of the system's CA certificates, as with curl --cacert. */
  readonly caFile: string | null;
  /** The client certificate, for hosts that require one. */
  readonly certFile: string | null;
  /** Its private key; null when the certificate file holds both. */
  readonly certKeyFile: string | null;
  /** Bundles of CA certificates that the system trusts; missing files are skipped. */
  readonly systemFiles: readonly string[];
}

export const NO_TLS_FILES: TlsFiles = {
  caFile: null,
  certFile: null,
  certKeyFile: null,
  systemFiles: [],
};

/** Paths of the CA bundle on the supported systems; the first that exists is used. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

type Env = Readonly<Record<string, string | undefined>>;

/** The bundles to trust besides Node's own: SSL_CERT_FILE or the system's, and NODE_EXTRA_CA_CERTS. */
export function systemBundles(env: Env): readonly string[] {
  const system = env['SSL_CERT_FILE'] ? [env['SSL_CERT_FILE']] : BUNDLES;
  return env['NODE_EXTRA_CA_CERTS'] ? [...system, env['NODE_EXTRA_CA_CERTS']] : system;
}

/** Creates the TLS context for a host. Throws exit 2, naming the file, when one cannot be read or is invalid. */
export async function secureContext(files: TlsFiles): Promise<tls.SecureContext> {
  const { caFile, certFile, certKeyFile } = files;
  const ca = caFile === null ? await systemTrust(files.systemFiles) : [await ownCa(caFile)];
  if (certFile === null) return contextOf({ ca });
  const { text: cert } = await readSecret(certFile, 'client certificate');
  if (!cert.includes('-----BEGIN CERTIFICATE-----')) {
    throw unusable(certFile, 'it holds no certificate in PEM form');
  }
  const key =
    certKeyFile === null
      ? cert
      : (await readSecret(certKeyFile, 'key of the client certificate')).text;
  return contextOf({ ca, cert, key }, certKeyFile ?? certFile);
}

function contextOf(options: tls.SecureContextOptions, keyFile = ''): tls.SecureContext {
  try {
    return tls.createSecureContext(options);
  } catch {
    // OpenSSL reports the same for a wrong key, a passphrase and broken PEM.
    throw unusable(
      keyFile,
      'it holds no private key that fits the certificate (PEM, without a passphrase)',
    );
  }
}

async function ownCa(file: string): Promise<string> {
  const { text } = await readSecret(file, 'CA file', MOST_OF_BUNDLE);
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    try {
      // A context would silently skip a certificate that it cannot parse.
      new X509Certificate(text);
      return text;
    } catch {
      throw unusable(file, 'its certificate is damaged');
    }
  }
  throw unusable(file, 'it holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)');
}

/** Size limit; the bundles of the supported systems have 200 to 500 KiB. */
const MOST_OF_BUNDLE = 16 * 1024 ** 2;

/** Node's own list, which comes from Mozilla, and the system's additions, for example a company's CA. */
async function systemTrust(files: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(
    files.map((file) => readRegularFile(file, MOST_OF_BUNDLE).then(String, () => '')),
  );
  const present = texts.filter((text) => text.includes('-----BEGIN CERTIFICATE-----'));
  return [...tls.rootCertificates, ...fromSystem(), ...present];
}

/** Windows and macOS do not keep them in files; Node can read them from 22.15 on. */
function fromSystem(): readonly string[] {
  const ask: unknown = 'getCACertificates' in tls ? tls.getCACertificates : null;
  if (typeof ask !== 'function') return [];
  const found: unknown = ask('system');
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

function unusable(file: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'tls-file-unusable',
    exit: EXIT.usage,
    message: `${file} cannot be used for TLS`,
    reason,
    hint: 'CA and certificates are PEM files: --ca-file ca.pem, --cert-file client.pem --cert-key-file client.key',
  });
}
