import { generateKeyPair } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Action, kebab } from '../../../cli/command.ts';
import { bold, good, type View } from '../../../cli/output/view.ts';
import { asName } from '../../../hosts/choose.ts';
import { configFolder, hostsFile, readHosts } from '../../../hosts/hosts-file.ts';
import { type NamedHost, SETTINGS } from '../../../hosts/named-host.ts';
import { writePrivate } from '../../../hosts/write-private.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';
import { fileWord, shellWord } from '../../../model/shell-word.ts';
import type { command } from './command.ts';

const makePair = promisify(generateKeyPair);

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const { cwd, env } = context;
  const name = asName(args[0] ?? '', 'key');
  const folder = flags.out
    ? path.resolve(cwd, flags.out)
    : path.join(configFolder(env, cwd), 'keys');
  const privateFile = path.join(folder, `${name}.pem`);
  const publicFile = path.join(folder, `${name}.pub`);
  if (!flags.force) await refuseOverwriting([privateFile, publicFile]);
  const pair = await makePair('rsa', {
    modulusLength: Number(flags.bits),
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await writePrivate(privateFile, pair.privateKey);
  await writePrivate(publicFile, pair.publicKey, { mode: 0o644 });
  const known = readHosts(hostsFile(env, cwd)).hosts.get(name);
  return {
    data: {
      privateKey: privateFile,
      publicKey: publicFile,
      issuer: `${name}.pub`,
      bits: Number(flags.bits),
    },
    view: () => [
      {
        lines: [
          [good('made'), ' ', bold(privateFile), ' (private: it stays here)'],
          ['     ', bold(publicFile), ' (public: it goes to the host)'],
        ],
      },
      placesView(publicFile, shellWord(`${name}.pub`)),
    ],
    next: [...addCommand(name, privateFile, known), `kplugin host test ${shellWord(name)}`],
  };
};

/** The command that adds the host with its key; none if it has that key. Other settings of a known host are kept. */
function addCommand(name: string, keyFile: string, known: NamedHost | undefined): string[] {
  const key = `--key-file ${shellWord(keyFile)}`;
  if (known === undefined) return [`kplugin host add ${shellWord(name)} <address> ${key}`];
  const { address, settings, groups } = known;
  if (settings.keyFile === keyFile) return [];
  const kept = SETTINGS.filter(
    (one) => one !== 'tokenFile' && one !== 'keyFile' && one !== 'issuer',
  );
  const others = [
    ...kept.flatMap((one) =>
      settings[one] ? [`--${kebab(one)} ${shellWord(settings[one])}`] : [],
    ),
    ...groups.map((group) => `--group ${shellWord(group)}`),
  ];
  return [
    ['kplugin host add', shellWord(name), shellWord(address), key, ...others, '--force'].join(' '),
  ];
}

/** Where eKuiper looks for the public keys of issuers, for each kind of installation (docs/ekuiper.md#tokens). */
function placesView(publicFile: string, file: string): View {
  const source = fileWord(publicFile);
  return {
    title: `On the host it belongs into etc/mgmt, under the name ${file}, readable by eKuiper's user:`,
    lines: [
      `Docker   docker cp ${source} <container>:/kuiper/etc/mgmt/${file}`,
      `package  scp ${source} <host>: && ssh <host> sudo install -m 644 ${file} /etc/kuiper/mgmt/${file}`,
      `archive  etc/mgmt/${file} in eKuiper's folder`,
    ],
    below: [
      'eKuiper asks for tokens when basic.authentication is true (KUIPER__BASIC__AUTHENTICATION=true).',
    ],
  };
}

async function refuseOverwriting(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    throw new KpluginError({
      code: 'key-exists',
      exit: EXIT.usage,
      message: `${file} is there already`,
      reason: 'hosts that know its public key would not accept the new one',
      hint: 'take another name, or replace the pair: --force',
    });
  }
}
