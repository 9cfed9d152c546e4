import { dir, fields, file, manifest, manifestText, only, plus, type UnpackCase } from './case.ts';

const twice = (id: string, first: (plugin: string) => string, last: (plugin: string) => string) =>
  only(id, ({ plugin, program }) => [
    file(`${plugin}.json`, first(plugin)),
    program,
    file(`${plugin}.json`, last(plugin)),
  ]);
const good = (plugin: string): string => manifestText(plugin);
const other = (plugin: string): string => manifestText(plugin, { executable: 'other' });

/** Which manifest is read, and as what. */
export const MANIFESTS: readonly UnpackCase[] = [
  only('manifest_missing', ({ program }) => [program]),
  only('manifest_in_folder', ({ plugin, program }) => [
    file(`a/${plugin}.json`, good(plugin)),
    program,
  ]),
  only('manifest_capital', ({ plugin, program }) => [
    file(`${plugin.toUpperCase()}.json`, good(plugin)),
    program,
  ]),
  only('manifest_other_name', ({ plugin, program }) => [file('probe.json', good(plugin)), program]),
  only('manifest_and_other', (base) => [file('probe.json', '{'), base.manifest, base.program]),
  only('manifest_folder', ({ plugin, program }) => [dir(`${plugin}.json/`), program]),
  only('manifest_cleaned', ({ plugin, program }) => [
    file(`a/../${plugin}.json`, good(plugin)),
    program,
  ]),
  only('manifest_and_cleaned', (base) => [
    base.manifest,
    base.program,
    file(`./${base.plugin}.json`, 'no manifest'),
  ]),
  only('manifest_then_folder', (base) => [
    base.manifest,
    dir(`${base.plugin}.json/`),
    base.program,
  ]),
  twice('manifests_same', good, good),
  twice('manifests_other_last', good, other),
  twice('manifests_other_first', other, good),
  twice('manifests_bad_last', good, () => '{'),
  twice('manifests_bad_first', () => '{', good),
  twice('manifests_empty_last', good, () => ''),
  only('manifests_link_last', (base) => [
    base.manifest,
    base.program,
    { ...base.manifest, attributes: 0o120777 * 0x10000 },
  ]),
  manifest('json_empty', () => ''),
  manifest('json_mark', (plugin) => `\ufeff${good(plugin)}`),
  manifest('json_utf16', (plugin) => Buffer.from(`\ufeff${good(plugin)}`, 'utf16le')),
  manifest('json_comma', (plugin) => good(plugin).replace(/}$/, ',}')),
  manifest('json_comment', (plugin) => `// a\n${good(plugin)}`),
  manifest('json_rest', (plugin) => `${good(plugin)} {}`),
  manifest('json_spaces', (plugin) => ` \r\n\t${good(plugin)}\n\n`),
  manifest('json_zero', (plugin) => `${good(plugin)}\0`),
  manifest('json_cut', (plugin) => good(plugin).slice(0, 20)),
  manifest('json_list', () => '[]'),
  manifest('json_null', () => 'null'),
  manifest('json_text', () => '"a"'),
  manifest('json_latin', (plugin) => Buffer.from(good(plugin).replace('1.0.0', '1.0.ä'), 'latin1')),
  manifest('json_keys_twice', (plugin) =>
    good(plugin).replace('{', '{"executable":"x","functions":["a","b"],'),
  ),
  manifest('json_keys_twice_last', (plugin) => good(plugin).replace(/}$/, ',"executable":"x"}')),
  manifest('json_keys_capital', (plugin) => good(plugin).replace('"executable"', '"EXECUTABLE"')),
  manifest('json_deep', (plugin) =>
    good(plugin).replace('{', `{"a":${'['.repeat(10_001)}${']'.repeat(10_001)},`),
  ),
  fields('field_name', { name: 'unz_field_name' }),
  fields('field_name_other', { name: 'other' }),
  fields('field_name_null', { name: null }),
  fields('field_name_empty', { name: '' }),
  fields('field_version_number', { version: 1 }),
  fields('field_version_null', { version: null }),
  fields('field_language_none', { language: undefined }),
  fields('field_language_capital', { language: 'Go' }),
  fields('field_language_java', { language: 'java' }),
  fields('field_executable_none', { executable: undefined }),
  fields('field_executable_list', { executable: ['run'] }),
  fields('field_functions_none', { functions: undefined }),
  fields('field_functions_empty', { functions: [] }),
  fields('field_functions_text', { functions: 'a' }),
  fields('field_functions_null_inside', { functions: [null] }),
  fields('field_functions_number_inside', { functions: [1] }),
  fields('field_sources_null', { sources: null, sinks: null }),
  fields('field_sources_object', { sources: {} }),
  fields('field_unknown', { shellParas: 1, env: 'x', virtualEnvType: 'venv' }),
  fields('field_env_number', { env: 1 }),
];

const script = (id: string, text: string, mode = 0o100644): UnpackCase =>
  plus(id, file('install.sh', text, mode));

/** Whether install.sh runs, and what becomes of what it says. None does anything outside of the plugin's folder. */
export const SCRIPTS: readonly UnpackCase[] = [
  script('script', 'touch made\nmkdir -p deep/er\n'),
  script('script_executable', '#!/bin/sh\ntouch made\n', 0o100755),
  script('script_empty', ''),
  script('script_fails', 'touch made\necho out\necho err >&2\nexit 3\n'),
  script('script_not_found', 'exec 2>/dev/null\nnothing_of_this_name\n'),
  script('script_killed', 'kill -9 $$\n'),
  script('script_terminated', 'kill $$\n'),
  script('script_crlf', 'touch made\r\n'),
  script('script_no_bits', 'touch made\n', 0o100000),
  script('script_link', 'touch made\n', 0o120777),
  script('script_other_shell', '#!/usr/bin/env node\ntouch made\n', 0o100755),
  script('script_link_made', 'ln -s run made\n'),
  script('script_removes_program', 'rm run\n'),
  script('script_removes_manifest', 'rm *.json\n'),
  script('script_removes_itself', 'rm install.sh\n'),
  script('script_output_odd', "printf 'a\\001\\033[31m\\377\"<&>' >&2\nexit 1\n"),
  script('script_input', 'read line\necho "got $line" >made\n'),
  script('script_tail', 'cd /\nexit 9'),
  plus('script_cleaned', file('./install.sh', 'touch made\n')),
  plus('script_in_folder', file('a/install.sh', 'touch made\n')),
  plus('script_capital', file('Install.sh', 'touch made\n')),
  plus('script_folder', dir('install.sh/')),
  plus('script_folder_by_mode', dir('install.sh')),
  plus('script_then_folder', file('install.sh', 'touch made\n'), dir('install.sh/')),
  plus('script_twice', file('install.sh', 'touch first\n'), file('install.sh', 'touch last\n')),
  plus('script_then_refused', file('install.sh', 'touch made\n'), file('a/b/c')),
  plus('script_in_symbols', file('functions/install.sh', 'touch made\n')),
  plus('script_backslash', file('a\\install.sh', 'touch made\n')),
  fields('script_and_missing', { executable: 'nothing' }, file('install.sh', 'touch made\n')),
  plus('script_others', file('uninstall.sh', 'touch made\n'), file('requirements.txt', 'x\n')),
  only('script_makes_executable', (base) => [
    base.manifest,
    { ...base.program, attributes: 0o100644 * 0x10000 },
    file('install.sh', 'chmod +x run\n'),
  ]),
  only('script_makes_program', ({ plugin }) => [
    file(`${plugin}.json`, manifestText(plugin)),
    file('install.sh', 'echo x >run\n'),
  ]),
];
