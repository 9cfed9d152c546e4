import { type SecretName, secretName } from '../../../model/secrets/secret-names.ts';
import type { Entry } from '../../../model/view.ts';
import { isSymbolPath } from '../../entries.ts';
import { executablePath } from '../../executable-value.ts';
import type { Report, Rule } from '../../rule.ts';
import { secretFiles } from '../../secret-files.ts';
import type { Subject } from '../../subject.ts';
import { repack } from '../../words.ts';

export const secretPacked: Rule = {
  id: 'secret-packed',
  severity: 'warning',
  explanation: {
    means:
      'The package holds what should not leave its author: .env, a key store, .git and their like by name; by content ' +
      'private keys and the tokens of clouds and services. Of each file the first MB is searched.',
    why:
      'eKuiper unpacks it on every box, readable for whoever can read there, and keeps the uploaded package for ' +
      'everybody who may use its REST API. kplugin pack leaves such files out.',
    issues: [],
    bad: 'probe.zip\n  .env\n  certs/client.key',
    good: "probe.zip, with the secret given in the source's configuration on the box",
  },
  async check(subject) {
    // What is still in the plan of a project is there because a line asks for it.
    if (subject.view.form === 'directory') return [];
    const found = new Map(namedSecrets(subject));
    for (const [path, { what, line }] of await secretFiles(subject)) {
      const place = line === null ? '' : ` in line ${line}`;
      if (!found.has(path)) found.set(path, { rule: what, reason: `holds ${what}${place}` });
    }
    // All of them: each is a secret that has to be changed.
    return Array.from(found, ([path, secret]) => report(subject, path, secret));
  },
};

function report(subject: Subject, file: string, { reason }: SecretName): Report {
  return {
    file,
    message: `This looks like a secret: ${reason}`,
    effect: 'eKuiper unpacks it on every machine the plugin is installed on',
    hint: `Change the secret if the package has left your hands. ${repack(subject)}: it leaves such files out`,
  };
}

/** By path, each folder once. What eKuiper itself looks for may have any name. */
function* namedSecrets(subject: Subject): Iterable<[string, SecretName]> {
  const executable = executablePath(subject);
  for (const entry of filesAndFolders(subject)) {
    const { path } = entry;
    if (path === executable || isSymbolPath(path)) continue;
    const place = topmost(entry);
    const secret = secretName(place);
    if (secret) yield [place.replace(/\/$/, ''), secret];
  }
}

/** The folder that is secret as a whole, with its slash, or the path itself. */
function topmost({ path, kind }: Entry): string {
  const own = kind === 'directory' ? `${path}/` : path;
  if (secretName(own) === null) return own;
  for (let slash = own.indexOf('/'); slash >= 0; slash = own.indexOf('/', slash + 1)) {
    const folder = own.slice(0, slash + 1);
    if (secretName(folder) !== null) return folder;
  }
  return own;
}

function filesAndFolders({ view }: Subject): Entry[] {
  return view.entries.filter(({ kind }) => kind === 'file' || kind === 'directory');
}
