import { spawnSync } from 'node:child_process';
import { benchProgram, loadPlugin } from './plugins.ts';

/** What became of the rows, and of the memory while they flowed. */
export interface Flow {
  readonly count: number;
  readonly seconds: number;
  /** Per sink: rows that came, and how many were out of order or wrong. */
  readonly sinks: readonly { readonly received: number; readonly wrong: number }[];
  /** Bytes of resident memory that the processes gained after the first tenth of the rows. */
  readonly hostGrowth: number;
  readonly pluginGrowth: number;
}

/** Rows through so many pipes, each a source and a sink; the first ones have a function between. */
export async function runFlow(rows: number, pipes: number, calling: number): Promise<Flow> {
  const program = await benchProgram('flow-host');
  const numbers = [rows, pipes, calling].map(String);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, await loadPlugin(), ...numbers],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`flow-host failed: ${stderr}`);
  // The line that flow-host prints.
  return JSON.parse(stdout) as Flow;
}
