import type { Around } from './around.ts';

/**
 * The plugin's process over a whole suite: dead after a crash, and alive again for the next case. eKuiper would let
 * it lie (docs/ekuiper.md#dead-plugins); here one bad case must not fail all the others.
 */
export class Life {
  readonly #around: Around;
  readonly #forget: () => void;
  #isDead = false;

  constructor(around: Around) {
    this.#around = around;
    this.#forget = around.log.onCrash((plugin) => {
      if (plugin === around.plugin) this.#isDead = true;
    });
  }

  /** Starts the plugin anew when it is dead. Throws what the host says when it does not start. */
  async ensure(): Promise<void> {
    if (this.#isDead) await this.renew();
  }

  /** A new process that knows nothing of what ran before: not even what eKuiper would start again. */
  async renew(): Promise<void> {
    const { host, plugin } = this.#around;
    // Of 1.14 it may never have been started.
    await host.kill(plugin).catch(() => undefined);
    await Promise.all([
      ...host.openFunctions.filter((one) => one.plugin === plugin).map((one) => one.close()),
      ...host.openSources.filter((one) => one.plugin === plugin).map((one) => one.stop()),
      ...host.openSinks.filter((one) => one.plugin === plugin).map((one) => one.stop()),
    ]).catch(() => undefined);
    await host.restart(plugin);
    this.#isDead = false;
  }

  end(): void {
    this.#forget();
  }
}
