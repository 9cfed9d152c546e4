import type { Command as CommanderCommand } from 'commander';
import { type Flags, variableOf } from './command.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The values of a table's flags after parsing: the flag typed before or after the command's name, then its
 * environment variable, then its default. Keys are the table's (`noBuild`, where commander says `build: false`).
 */
export function valuesOf(
  flags: Flags,
  commands: readonly CommanderCommand[],
  env: Env,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const variable = variableOf(name, flag);
    const typed = commands.map((command) => typedValue(command, name)).find((v) => v !== undefined);
    if (flag.kind === 'switch') {
      values[name] = typed !== undefined || (variable !== null && isOn(env[variable]));
    } else {
      const value = typed ?? fallback(commands, name);
      if (value !== undefined) values[name] = value;
    }
  }
  return values;
}

/** A variable that is set to nothing, `0` or `false` is off: CI systems set all three. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

function typedValue(command: CommanderCommand, name: string): unknown {
  const key = attribute(name);
  if (command.getOptionValueSource(key) !== 'cli') return undefined;
  return command.getOptionValue(key);
}

/** From the environment or the default; an empty variable counts as not set. */
function fallback(commands: readonly CommanderCommand[], name: string): unknown {
  for (const command of commands) {
    const value: unknown = command.getOptionValue(attribute(name));
    if (value === undefined) continue;
    return value === '' ? undefined : value;
  }
  return undefined;
}

function attribute(name: string): string {
  return /^no[A-Z]/.test(name) ? `${name.charAt(2).toLowerCase()}${name.slice(3)}` : name;
}
