import { execFile } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  /** On top of the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end; resolves with its stdout, throws with all that it printed. */
export function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else
          reject(new Error(`${program} ${args.join(' ')}: ${error.message}\n${stdout}${stderr}`));
      },
    );
  });
}
