import { HostFailure } from '../../client/http/host-failure.ts';
import { durationText } from '../../model/duration.ts';
import { KpluginError } from '../../model/error.ts';
import { runTool } from '../../package/build/run-tool.ts';
import { signalWithin } from '../../sp/deadline.ts';
import type { ChangeRun } from '../change/change.ts';

/** Milliseconds. A program that hangs must not keep a host in the middle of a change. */
const LIMIT = 600_000;

interface VerifyContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the check of the operator: runs the command in a shell, once for each host, when the new version runs there.
 * Host, plugin and version are in its environment; kplugin's settings and secrets are not. Throws HostFailure
 * `verify-failed` when it does not exit with 0, so that the version before is put back.
 */
export function verifyProgram(
  command: string,
  { cwd, env }: VerifyContext,
): (run: ChangeRun) => Promise<void> {
  return async ({ client, plan, signal, watcher }) => {
    const { address } = client;
    const inTime = signalWithin(LIMIT, signal);
    watcher.waiting(`for ${command} to verify ${plan.name}`, LIMIT);
    try {
      await runTool(
        { directory: cwd, env, signal: inTime, onLine: (line) => watcher.detail?.(line) },
        {
          ...shellOf(command),
          env: {
            KPLUGIN_VERIFY_HOST: address.label,
            KPLUGIN_VERIFY_URL: `${address.origin}${address.basePath}`,
            KPLUGIN_VERIFY_PLUGIN: plan.name,
            KPLUGIN_VERIFY_VERSION: plan.version,
          },
          typed: command,
          speaker: 'the program',
          missing: {
            code: 'verify-failed',
            message: 'there is no shell to run --verify with',
            hint: 'install one, or leave --verify out',
          },
        },
      );
    } catch (thrown) {
      signal.throwIfAborted();
      throw refused(command, plan.name, inTime.aborted ? null : thrown);
    } finally {
      watcher.settled();
    }
  };
}

function shellOf(command: string): { readonly program: string; readonly args: readonly string[] } {
  return process.platform === 'win32'
    ? { program: 'cmd', args: ['/d', '/s', '/c', command] }
    : { program: '/bin/sh', args: ['-c', command] };
}

/** `thrown`: null when the time was over. */
function refused(command: string, plugin: string, thrown: unknown): HostFailure {
  const said = thrown instanceof KpluginError ? thrown.reason : null;
  return new HostFailure({
    kind: 'refused',
    code: 'verify-failed',
    message:
      thrown === null
        ? `--verify did not end within ${durationText(LIMIT)}: ${command}`
        : `--verify did not accept ${plugin}: ${command}`,
    reason: said ?? (thrown instanceof Error ? thrown.message : 'it was ended'),
    hint: 'its exit code must be 0; kplugin sets KPLUGIN_VERIFY_HOST, _URL, _PLUGIN and _VERSION for it',
    cause: thrown,
  });
}
