import type { Templates } from '../templates.ts';
import type { LanguageKit } from './language-kit.ts';
import type { PlannedFile } from './planned-file.ts';

const SCHEMA_FOLDER = '.vscode/kplugin';

const SYMBOL_FILES = {
  source: '/sources/*.json',
  sink: '/sinks/*.json',
  function: '/functions/*.json',
} as const;

/**
 * What makes VS Code complete and check every JSON and YAML of the project. The schemas are copied into it:
 * a `$schema` in the files themselves would be read by eKuiper's manager too.
 */
export function editorFiles(
  pluginName: string,
  kit: LanguageKit,
  templates: Templates,
): PlannedFile[] {
  // VS Code matches the end of the path only: a symbol may be called like the plugin.
  const exceptions = Object.values(SYMBOL_FILES).map((files) => `!${files}`);
  const matches = {
    manifest: [`/${pluginName}.json`, ...exceptions],
    source: [SYMBOL_FILES.source],
    sink: [SYMBOL_FILES.sink],
    function: [SYMBOL_FILES.function],
    cases: ['/tests/*.json'],
  };
  const settings = {
    'json.schemas': Object.entries(matches).map(([kind, fileMatch]) => ({
      fileMatch,
      url: `./${SCHEMA_FOLDER}/${kind}.schema.json`,
    })),
    'yaml.schemas': {
      [`./${SCHEMA_FOLDER}/source-config.schema.json`]: '/sources/*.yaml',
      [`./${SCHEMA_FOLDER}/cases.schema.json`]: ['/tests/*.yaml', '/tests/*.yml'],
    },
    ...kit.editor.settings,
  };
  const extensions = { recommendations: [...kit.editor.extensions, 'redhat.vscode-yaml'] };
  return [
    { path: '.vscode/settings.json', text: `${JSON.stringify(settings, null, 2)}\n` },
    { path: '.vscode/extensions.json', text: `${JSON.stringify(extensions, null, 2)}\n` },
    ...[...templates.schemas].map(([name, text]) => ({ path: `${SCHEMA_FOLDER}/${name}`, text })),
  ];
}
