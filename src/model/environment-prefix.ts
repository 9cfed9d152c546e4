/** Variables that are common in shells, containers, Python and eKuiper's own image. */
const COMMON_VARIABLES = [
  'HOME',
  'HOSTNAME',
  'KUBERNETES_SERVICE_HOST',
  'KUIPER_HOME',
  'KUIPER__BASIC__CONSOLELOG',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'LOGNAME',
  'MAINTAINER',
  'OLDPWD',
  'PATH',
  'PWD',
  'PYTHONPATH',
  'PYTHONUNBUFFERED',
  'PYTHON_VERSION',
  'SHELL',
  'SHLVL',
  'TERM',
  'TZ',
  'USER',
];

/**
 * Returns a common environment variable that starts with a source's name, or null: eKuiper 2 reads it as
 * configuration of that source (docs/files.md#environment-variables).
 */
export function variableBeginningWith(sourceName: string): string | null {
  const prefix = sourceName.toUpperCase();
  return COMMON_VARIABLES.find((variable) => variable.startsWith(prefix)) ?? null;
}
