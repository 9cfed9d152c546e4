import type { Action } from '../../cli/command.ts';
import { inTemporaryFolder } from '../../cli/temporary-folder.ts';
import { refuseNoSource } from '../../deploy/install/obtain.ts';
import { rolloutSettings } from '../../fleet/rollout-flags.ts';
import { runOperation } from '../../fleet/run-operation.ts';
import { resolveHosts } from '../../hosts/resolve.ts';
import { sourceArgument } from '../../model/package-source.ts';
import type { install } from './command.ts';
import { installation, installationView } from './installation.ts';

export const run: Action<typeof install.flags> = async ({ flags, args }, context) => {
  const source = args[0] ?? '.';
  const { cwd, env, signal } = context;
  await refuseNoSource(source, cwd);
  const hosts = resolveHosts(flags, context);
  const settings = rolloutSettings(flags);
  const reach = { ...settings.reach, source: sourceArgument(source) };
  return inTemporaryFolder('kplugin-install-', signal, (scratch) => {
    const {
      shellPara: shellParas,
      force,
      reinstall,
      applyConfig,
      restartRules,
      allowSilence,
    } = flags;
    const options = { shellParas, force, reinstall, applyConfig, restartRules, allowSilence };
    const request = { source, cwd, env, scratch, limit: reach.timeout, ...options };
    const operation = installation(request, flags.allowInstallScript, context);
    return runOperation(hosts, operation, installationView(), { ...settings, reach }, context);
  });
};
