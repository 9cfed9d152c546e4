import { kebab } from '../../../../src/cli/command.ts';
import { GLOBAL_FLAGS } from '../../../../src/cli/shared-flags.ts';
import { allCommands } from '../../../../src/commands/table.ts';

const COMMANDS = await allCommands();

/**
 * What a hint tells people to type and kplugin does not know: `no command "frob"`, `pack has no --froz`. A hint may
 * hold several commands, with words between them.
 */
export function flawsIn(hint: string): string[] {
  return [...hint.matchAll(/\bkplugin ((?:[a-z][a-z-]*)(?: [^;,\n]*)?)/g)].flatMap(
    ([, typed = '']) => flawsOf(typed),
  );
}

function flawsOf(typed: string): string[] {
  const words = typed.split(/\s+/);
  const command = COMMANDS.filter(
    ({ name }) => words.slice(0, name.split(' ').length).join(' ') === name,
  ).sort((a, b) => b.name.length - a.name.length)[0];
  if (command === undefined) return [`no command "${words.slice(0, 2).join(' ')}"`];
  const known = Object.keys({ ...command.flags, ...GLOBAL_FLAGS, help: null }).map(kebab);
  return words
    .flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? [])
    .filter((flag) => !known.includes(flag))
    .map((flag) => `${command.name} has no --${flag}`);
}
