import type { SuiteContext } from './suite-context.ts';

/**
 * The plugin's process during a suite: restarted after a crash, before the next case. eKuiper would leave it dead
 * (docs/ekuiper.md#dead-plugins); here one case must not fail all the others.
 */
export class Life {
  readonly #suite: SuiteContext;
  readonly #forget: () => void;
  #isDead = false;

  constructor(suite: SuiteContext) {
    this.#suite = suite;
    this.#forget = suite.log.onCrash((plugin) => {
      if (plugin === suite.plugin) this.#isDead = true;
    });
  }

  /** Restarts the plugin when it is dead. Throws the refusal of the host when it does not start. */
  async ensure(): Promise<void> {
    if (this.#isDead) await this.renew();
  }

  /** Starts a new process without any started symbols, not even those that eKuiper would start again. */
  async renew(): Promise<void> {
    const { host, plugin } = this.#suite;
    // On 1.14 it may never have been started.
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
