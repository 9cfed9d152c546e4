import { type Command, row } from '../cli/command.ts';

/** All commands in the order of help. A start loads the declarations of the commands with the typed first word. */
const TABLE: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['init', () => row(import('./init/command.ts'), () => import('./init/run.ts'))],
  ['add', () => row(import('./add/command.ts'), () => import('./add/run.ts'))],
  ['validate', () => row(import('./validate/command.ts'), () => import('./validate/run.ts'))],
  ['test', () => row(import('./test/command.ts'), () => import('./test/run.ts'))],
  ['dev', () => row(import('./dev/command.ts'), () => import('./dev/run.ts'))],
  ['pack', () => row(import('./pack/command.ts'), () => import('./pack/run.ts'))],
  ['inspect', () => row(import('./inspect/command.ts'), () => import('./inspect/run.ts'))],
  ['serve', () => row(import('./serve/command.ts'), () => import('./serve/run.ts'))],
  ['install', () => row(import('./install/command.ts'), () => import('./install/run.ts'))],
  ['rollback', () => row(import('./rollback/command.ts'), () => import('./rollback/run.ts'))],
  ['restart', () => row(import('./restart/command.ts'), () => import('./restart/run.ts'))],
  ['remove', () => row(import('./remove/command.ts'), () => import('./remove/run.ts'))],
  ['prune', () => row(import('./prune/command.ts'), () => import('./prune/run.ts'))],
  ['list', () => row(import('./list/command.ts'), () => import('./list/run.ts'))],
  ['describe', () => row(import('./describe/command.ts'), () => import('./describe/run.ts'))],
  ['status', () => row(import('./status/command.ts'), () => import('./status/run.ts'))],
  ['host add', () => row(import('./host/add/command.ts'), () => import('./host/add/run.ts'))],
  ['host list', () => row(import('./host/list/command.ts'), () => import('./host/list/run.ts'))],
  ['host show', () => row(import('./host/show/command.ts'), () => import('./host/show/run.ts'))],
  ['host test', () => row(import('./host/test/command.ts'), () => import('./host/test/run.ts'))],
  ['host use', () => row(import('./host/use/command.ts'), () => import('./host/use/run.ts'))],
  [
    'host remove',
    () => row(import('./host/remove/command.ts'), () => import('./host/remove/run.ts')),
  ],
  [
    'host keygen',
    () => row(import('./host/keygen/command.ts'), () => import('./host/keygen/run.ts')),
  ],
  ['diff', () => row(import('./diff/command.ts'), () => import('./diff/run.ts'))],
  ['history', () => row(import('./history/command.ts'), () => import('./history/run.ts'))],
  ['schema', () => row(import('./schema/command.ts'), () => import('./schema/run.ts'))],
  ['doctor', () => row(import('./doctor/command.ts'), () => import('./doctor/run.ts'))],
  ['explain', () => row(import('./explain/command.ts'), () => import('./explain/run.ts'))],
]);

/** The name of every command, in the order of help: `init`, `host add`. */
export const COMMAND_NAMES: readonly string[] = [...TABLE.keys()];

/** Loads the declaration of every command, in the order of help. */
export function allCommands(): Promise<Command[]> {
  return Promise.all([...TABLE.values()].map((load) => load()));
}

/** Loads the declarations of the commands with this first word: `pack`, or all of `host`. Resolves to none if unknown. */
export function commandsOf(word: string | undefined): Promise<Command[]> {
  const named = [...TABLE].filter(([name]) => name.split(' ')[0] === word);
  return Promise.all(named.map(([, load]) => load()));
}
