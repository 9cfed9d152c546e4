import type { Action } from '../../../cli/command.ts';
import { bold } from '../../../cli/output/view.ts';
import { knownHost } from '../../../hosts/choose.ts';
import { editHosts, hostsEdit, withDefault } from '../../../hosts/edit-hosts.ts';
import { EXIT, KpluginError } from '../../../model/error.ts';
import type { command } from './command.ts';

export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const { env } = context;
  const [name] = args;
  if ((name === undefined) === !flags.none) throw oneOfBoth(name);
  const edit = hostsEdit(context);
  const hosts = await editHosts(edit, (before) =>
    withDefault(before, name === undefined ? null : knownHost(name, before).name),
  );
  const over = env['KPLUGIN_HOST'];
  // A URL with "@" may contain a password.
  const shown = over?.includes('@') ? '' : ` to ${over}`;
  if (over) context.log.info(`note: KPLUGIN_HOST is set${shown} and outweighs it`);
  return {
    data: { file: edit.file, default: hosts.defaultHost },
    view: () => ({
      title:
        name === undefined
          ? 'no default host: each command has to name one'
          : ['commands without --host now use ', bold(name)],
    }),
    next: name === undefined ? ['kplugin host list'] : ['kplugin list'],
  };
};

function oneOfBoth(name: string | undefined): KpluginError {
  return new KpluginError({
    code: 'use-which',
    exit: EXIT.usage,
    message: name === undefined ? 'which host?' : '--none and a name say opposite things',
    hint: 'kplugin host use <name>\nkplugin host use --none\n(names are shown by: kplugin host list)',
  });
}
