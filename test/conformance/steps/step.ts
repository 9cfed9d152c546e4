import type { World } from '../world.ts';

/** One thing that is tried. */
export interface Step {
  readonly name: string;
  /** What it needs; where that is missing, the step is left out and the reason said. */
  readonly needs?: readonly Need[];
  /** Resolves to what was seen on the host; throws {@link StepFailed}, or anything else. */
  readonly run: (world: World) => Promise<string>;
}

/** Resolves to the reason why it is missing, null when it is there. */
export type Need = (world: World) => Promise<string | null>;

export class StepFailed extends Error {}

/** Throws {@link StepFailed} with the message unless the condition holds. */
export function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new StepFailed(message);
}

export const rules: Need = async ({ parts }) =>
  parts.traffic ? null : 'an embedded host has no rules';

export const aRunningRule: Need = async (world) =>
  (await rules(world)) ?? (world.parts.traffic?.runs ? null : 'its rule could not be started');

/** The plugin's process can be ended: by a rule that asks it to, or through the embedded host. */
export const aWayToCrash: Need = async ({ parts }) =>
  parts.traffic || parts.embedded ? null : 'no rule can be made there that would end the plugin';

/** `--help` of a command that is not there is that of kplugin itself. */
export const command =
  (name: string): Need =>
  async (world) => {
    const { stdout } = await world.run(name, '--help');
    return stdout.includes(`kplugin ${name} `) ? null : `this kplugin has no command ${name}`;
  };
