import { appendFile } from 'node:fs/promises';
import { type Batch, type Config, type Sink, type SinkContext, settings } from 'kplugin/sdk';

/** The properties of a rule's action, as this sink uses them. */
interface Settings {
  /** Empty: rows go to the log. */
  readonly path: string;
}

/**
 * The sink {{ symbol }}: appends rows to a file, one JSON object a line, or logs them.
 * There is one for every rule.
 */
export class {{ Type }} implements Sink<Settings> {
  /** Reads the settings; the error it throws is the error of the rule. */
  configure(config: Config): Settings {
    return { path: settings(config).string('path', '') };
  }

  /**
   * Called with every row. An error that it throws is logged; with requireAck in the rule, eKuiper
   * hears of it too.
   */
  async collect(batch: Batch, { config, log }: SinkContext<Settings>): Promise<void> {
    // With sendError eKuiper 2.x also sends the bare text of an error, which is not JSON at all.
    if (batch.rows.length === 0) throw new Error(`not a row: ${batch.text.slice(0, 200)}`);
    const lines = batch.rows.map((row) => JSON.stringify(row));
    if (config.path !== '') return appendFile(config.path, lines.map((line) => `${line}\n`).join(''));
    for (const line of lines) log.info(`{{ symbol }}: ${line}`);
  }
}
