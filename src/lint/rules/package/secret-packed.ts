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
const MOST_KEYS = 200;

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
    const entries = subject.view.entries.filter(
      ({ kind }) => kind === 'file' || kind === 'directory',
    );
    const named = entries.filter(({ path }) => SECRET_NAME.test(path) && !SAMPLE.test(path));
    const reports = [...named, ...(await privateKeys(subject, entries))].map(
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

async function privateKeys(subject: Subject, entries: readonly Entry[]): Promise<Entry[]> {
  const candidates = entries
    .filter(({ path, kind, size }) => kind === 'file' && size <= MOST_BYTES && KEY_NAME.test(path))
    .slice(0, MOST_KEYS);
  const texts = await Promise.all(candidates.map(({ path }) => subject.text(path)));
  return candidates.filter((_, index) => KEY_TEXT.test(texts[index]?.source.text ?? ''));
}
