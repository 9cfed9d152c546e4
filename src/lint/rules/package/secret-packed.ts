import type { Entry } from '../../../model/view.ts';
import { firstOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { repack } from '../../words.ts';

/** Names that hold secrets whatever is in them. */
const SECRET_NAME =
  /(^|\/)(\.env(\.[^/]+)?|\.envrc|id_(rsa|dsa|ecdsa|ed25519)|[^/]*\.(p12|pfx|jks|keystore)|\.netrc|\.pypirc|\.npmrc|\.git|\.ssh\/.+)$/;
const SAMPLE = /\.env\.(example|sample|template|dist)$/;
/** Files that may hold a private key; a certificate alone is no secret. */
const KEY_NAME = /\.(pem|key|crt|cer)$/i;
const KEY_TEXT = /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m;
const MOST_BYTES = 64 * 1024;

export const secretPacked: Rule = {
  id: 'secret-packed',
  severity: 'warning',
  explanation: {
    means:
      'The package holds what should not leave its author: .env, a private key, a key store, tokens, .git.',
    why:
      'eKuiper unpacks it on every box, readable for whoever can read there, and keeps the uploaded package for ' +
      'everybody who may use its REST API. kplugin pack never takes such files.',
    issues: [],
    bad: 'probe.zip\n  .env\n  certs/client.key',
    good: "probe.zip, with the secret given in the source's configuration on the box",
  },
  async check(subject) {
    const files = subject.view.entries.filter(
      ({ kind }) => kind === 'file' || kind === 'directory',
    );
    const secret = await Promise.all(files.map((entry) => isSecret(subject, entry)));
    const reports = files
      .filter((_, index) => secret[index])
      .map(
        ({ path }): Report => ({
          file: path,
          message: 'This looks like a secret',
          effect: 'eKuiper unpacks it on every machine the plugin is installed on',
          hint: `Change the secret if the package has left your hands. ${repack(subject)}: it leaves such files out`,
        }),
      );
    return firstOf(subject, reports);
  },
};

async function isSecret(subject: Subject, { path, kind, size }: Entry): Promise<boolean> {
  if (SECRET_NAME.test(path)) return !SAMPLE.test(path);
  if (kind === 'directory' || !KEY_NAME.test(path) || size > MOST_BYTES) return false;
  const file = await subject.text(path);
  return file !== null && KEY_TEXT.test(file.source.text);
}
