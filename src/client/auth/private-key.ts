import { createPrivateKey, type KeyObject } from 'node:crypto';
import { EXIT, KpluginError } from '../../model/error.ts';

/** RFC 7518, 3.3: a key of this size or larger must be used. */
const LEAST_BITS = 2048;

/**
 * The RSA key in a PEM text, PKCS#8 or PKCS#1. Throws exit 2 for anything else: eKuiper checks RS256 only
 * (real-servers.md N15). The text is never part of a message.
 */
export function privateKey(pem: string, file: string): KeyObject {
  const key = parsed(pem, file);
  if (key.asymmetricKeyType !== 'rsa') {
    throw notUsable(
      `${file} holds a key of the kind ${key.asymmetricKeyType ?? 'unknown'}`,
      'eKuiper checks tokens with RSA keys only (RS256)',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits >= LEAST_BITS) return key;
  throw notUsable(
    `the key in ${file} has ${bits} bits`,
    `keys below ${LEAST_BITS} bits can be broken, so kplugin does not sign with them`,
  );
}

function parsed(pem: string, file: string): KeyObject {
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) {
    throw notUsable(`${file} holds a public key`, 'tokens are signed with the private one');
  }
  if (/ENCRYPTED/.test(pem)) {
    throw notUsable(
      `the key in ${file} is protected by a passphrase`,
      'kplugin asks for none, so that it also works in scripts',
    );
  }
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's words say nothing that helps, and its error might hold parts of the input.
    throw notUsable(`${file} holds no private key in PEM form`, 'it must begin with -----BEGIN …');
  }
}

function notUsable(message: string, reason: string): KpluginError {
  return new KpluginError({
    code: 'key-unusable',
    exit: EXIT.usage,
    message,
    reason,
    hint: 'kplugin host keygen <name>\n(makes a pair that works, and says where eKuiper wants the public key)',
  });
}
