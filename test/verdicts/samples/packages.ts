import type { Sample } from '../sample.ts';
import { python } from './python.ts';

const of = (parts: Parameters<typeof python>[1]): Sample => python('function', parts);

const source = (id: string, does: string, yaml: string): Sample =>
  python('source', {
    id,
    does,
    methods:
      'def configure(self, datasource, conf): self.unit = conf["unit"]\ndef open(self, ctx):\n    while True:\n        ctx.emit({"a": self.unit}, None)\n        time.sleep(0.1)',
    files: { 'sources/NAME.yaml': yaml },
  });

/** Packages in which a file is missing, misplaced or not what eKuiper reads. */
export const PACKAGES: readonly Sample[] = [
  of({
    id: 'kpv_pkg_version_v1',
    does: 'the version is v1',
    manifest: { version: 'v1' },
  }),
  of({
    id: 'kpv_pkg_extra',
    does: 'a README and a folder of data besides',
    files: { 'README.md': '# a\n', 'data/a file ä.txt': 'x\n' },
  }),
  of({
    id: 'kpv_pkg_no_program',
    does: 'the program is not in the package',
    files: { 'main.py': null },
  }),
  of({
    id: 'kpv_pkg_no_manifest',
    does: 'the manifest has another name than <plugin>.json',
    files: { 'NAME.json': null, 'manifest.json': '{}' },
  }),
  of({
    id: 'kpv_pkg_no_language',
    does: 'the manifest has no language',
    manifest: { language: '' },
  }),
  of({
    id: 'kpv_pkg_language',
    does: 'the language is ruby',
    manifest: { language: 'ruby' },
  }),
  of({
    id: 'kpv_pkg_no_symbols',
    does: 'the manifest lists no symbol',
    manifest: { functions: [] },
  }),
  of({
    id: 'kpv_pkg_text_for_list',
    does: 'functions is a text, not a list',
    manifest: { functions: 'kpv_pkg_text_for_list' },
  }),
  of({
    id: 'kpv_pkg_bad_json',
    does: 'functions/<name>.json is no JSON',
    files: { 'functions/NAME.json': '{"about": }\n' },
  }),
  source(
    'kpv_pkg_yaml_same',
    'the same key twice in the source YAML',
    'default:\n  unit: a\n  unit: b\n',
  ),
  source(
    'kpv_pkg_yaml_template',
    'a placeholder {{ }} in the source YAML',
    'default:\n  unit: {{ .Values.unit }}\n',
  ),
  source('kpv_pkg_yaml_tab', 'a tab indents the source YAML', 'default:\n\tunit: a\n'),
];
