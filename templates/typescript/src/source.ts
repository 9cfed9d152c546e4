import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, type Source, type SourceContext, settings } from 'kplugin/sdk';

/** The settings in sources/{{ symbol }}.yaml, as this source uses them. */
interface Settings {
  /** Milliseconds between two rows. */
  readonly interval: number;
  readonly message: string;
}

/** The source {{ symbol }}: sends a row at a fixed interval. There is one for every rule. */
export class {{ Type }} implements Source<Settings> {
  /** Reads the settings; the error it throws is the error of the rule. */
  configure(config: Config): Settings {
    const read = settings(config);
    return {
      interval: read.number('interval', 1000, { min: 1 }),
      message: read.string('message', 'hello'),
    };
  }

  /** Runs until the rule stops: emit and sleep throw then, which ends it. */
  async open(context: SourceContext<Settings>): Promise<void> {
    const { config, dataSource, signal } = context;
    for (let number = 1; ; number += 1) {
      await context.emit({ datasource: dataSource, message: config.message, number });
      await sleep(config.interval, undefined, { signal });
    }
  }
}
