import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { described } from './output-schemas.ts';

/** The project's root and its real bin (`npm run build` comes before the tests). */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const BIN = path.join(ROOT, 'bin/kplugin.js');

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** On top of an environment without colours and without any KPLUGIN_ variable. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Another copy of the bin than the project's own. */
  readonly bin?: string;
  /** Milliseconds after which the process is killed; a guard, not a measurement. */
  readonly limit?: number;
}

/** The environment of every test run: no colours, no settings of whoever runs the tests. */
export function cleanEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(KPLUGIN_|GITHUB_|FORCE_COLOR|NODE_OPTIONS|VITEST|CI$|(HTTPS?|NO)_PROXY$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    NO_COLOR: '1',
    // Named hosts of whoever runs the tests are none of theirs.
    KPLUGIN_CONFIG: path.join(ROOT, 'node_modules/.no-such-config'),
    ...extra,
  };
}

/**
 * Runs the real kplugin as a user would and resolves with what it printed, whatever its exit code. What it prints under
 * `--json` has to be what `schemas/output` says: each test of a command tests its schema.
 */
export async function kplugin(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const run = await spawned(args, options);
  if (args.includes('--json')) described(run.stdout);
  return run;
}

function spawned(args: readonly string[], options: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [options.bin ?? BIN, ...args],
      {
        cwd: options.cwd ?? ROOT,
        env: cleanEnv(options.env),
        timeout: options.limit ?? 60_000,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else
          reject(
            new Error(`kplugin ${args.join(' ')} ended abnormally: ${error?.message}\n${stderr}`),
          );
      },
    );
    // A kplugin that reads nothing may have ended by now.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}
