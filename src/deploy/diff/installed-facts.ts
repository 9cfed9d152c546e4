import { posix } from 'node:path';
import type { InstalledPlugin } from '../../client/answers.ts';
import { cleanPath } from '../../model/clean-path.ts';
import type { PluginFacts } from '../../package/diff/plugin-facts.ts';

/** Who an installed plugin is; its executable as the manifest has it, not where the host keeps it. */
export function installedFacts(plugin: InstalledPlugin): PluginFacts {
  const { name, version, language, executable, virtualEnvType, env } = plugin;
  return {
    name,
    version: version === '' ? null : version,
    language: language === '' ? null : language,
    executable: executableIn(executable, name),
    virtualEnvType,
    env,
    arch: null,
  };
}

/** The same facts of a package as a host would tell them: `./main.py` is `main.py`. */
export function factsAsInstalled(facts: PluginFacts): PluginFacts {
  const { executable } = facts;
  return { ...facts, executable: executable === null ? null : cleanPath(executable) };
}

/** `/kuiper/plugins/portable/pysam/bin/run` → `bin/run`; eKuiper unpacks to `<plugins>/portable/<name>/`. */
function executableIn(path: string, name: string): string | null {
  if (path === '') return null;
  const slashed = path.replaceAll('\\', '/');
  const folder = `/${name}/`;
  const at = slashed.lastIndexOf(`/portable${folder}`);
  if (at >= 0) return slashed.slice(at + '/portable'.length + folder.length);
  return posix.basename(slashed);
}
