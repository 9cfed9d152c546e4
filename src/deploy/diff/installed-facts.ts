import { posix } from 'node:path';
import type { InstalledPlugin } from '../../client/answers.ts';
import { cleanPath } from '../../model/clean-path.ts';
import type { PluginFacts } from '../../package/diff/plugin-facts.ts';

/** The manifest facts of an installed plugin; its executable as in the manifest, not the absolute path on the host. */
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

/** Converts the facts of a package to the form that a host reports: `./main.py` becomes `main.py`. */
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
