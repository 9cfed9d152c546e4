import { access } from 'node:fs/promises';
import path from 'node:path';
import { type Action, kebab } from '../../../cli/command.ts';
import { bold, good } from '../../../cli/output/view.ts';
import { parseAddress } from '../../../client/http/address.ts';
import { asName } from '../../../hosts/choose.ts';
import { editHosts, hostsEdit, withHost } from '../../../hosts/edit-hosts.ts';
import { credentialsOf, flagLayer, tlsOf } from '../../../hosts/layers.ts';
import {
  HOST_NAME,
  type Hosts,
  isFileSetting,
  type NamedHost,
  SETTINGS,
  type SettingName,
} from '../../../hosts/named-host.ts';
import { credentialsText } from '../../../hosts/precedence.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';
import { fileWord, shellWord } from '../../../model/shell-word.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const { cwd, env } = context;
  const name = asName(args[0] ?? '', 'host');
  const address = parseAddress(args[1] ?? '');
  const layer = flagLayer(flags, cwd);
  // Reports contradicting settings now instead of at the first connection.
  const { credentials } = credentialsOf([layer]);
  tlsOf([layer], env);
  const host: NamedHost = {
    name,
    address: `${address.origin}${address.basePath}`,
    settings: layer.settings,
    groups: [...new Set(flags.group.map((group) => asName(group, 'group')))],
  };
  const edit = hostsEdit(context);
  let before = false;
  await editHosts(edit, (hosts) => {
    before = hosts.hosts.has(name);
    if (before && !flags.force) throw isThere(name, hosts);
    return withHost(hosts, host);
  });
  const missing = await missingFiles(host);
  const warnings = missing.map((one) => missingText(one, name));
  await context.log.show({ lines: warnings }, 'be-seen');
  return {
    data: {
      file: edit.file,
      host: { ...host, ...host.settings, settings: undefined },
      missing: missing.map((one) => one.file),
    },
    view: () => {
      const token = credentials.kind === 'none' ? '' : `, token ${credentialsText(credentials)}`;
      const done = good(before ? 'replaced' : 'added');
      return { title: [done, ' ', bold(name), ` ${host.address}${token}`] };
    },
    next: [
      `kplugin host test ${shellWord(name)}`,
      `kplugin list --host ${shellWord(name)}`,
      `kplugin host use ${shellWord(name)}`,
    ],
  };
};

interface MissingFile {
  readonly setting: SettingName;
  readonly file: string;
}

/**
 * Files in the settings that do not exist. This is only a warning: keys may be created later, and hosts.json may be for
 * another machine.
 */
async function missingFiles({ settings }: NamedHost): Promise<MissingFile[]> {
  const named = SETTINGS.filter(isFileSetting).flatMap((setting) => {
    const file = settings[setting];
    return file === undefined ? [] : [{ setting, file }];
  });
  const there = await Promise.all(
    named.map(({ file }) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return named.filter((_, at) => there[at] === false);
}

function missingText({ setting, file }: MissingFile, host: string): string {
  const { dir, name, ext } = path.parse(file);
  const make =
    setting === 'keyFile' && ext === '.pem' && HOST_NAME.test(name)
      ? `; make it: kplugin host keygen ${shellWord(name)} --out ${fileWord(dir)}`
      : '';
  return `warning: --${kebab(setting)} ${file} is not there, and ${host} cannot be used before it is${make}`;
}

function isThere(name: string, { hosts }: Hosts): KpluginError {
  return new KpluginError({
    code: 'host-exists',
    exit: EXIT.usage,
    message: `there is a host ${name} already: ${hosts.get(name)?.address ?? ''}`,
    hint: 'take another name, or put this one in its place: --force',
  });
}
