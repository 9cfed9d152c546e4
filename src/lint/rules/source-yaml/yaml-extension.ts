import type { Report, Rule } from '../../engine/rule.ts';

export const yamlExtension: Rule = {
  id: 'yaml-extension',
  severity: 'error',
  explanation: {
    means:
      'The configuration of a source is called .yml, or its extension is in another letter case.',
    why: 'eKuiper looks for sources/<source>.yaml and nothing else: the install fails with "missing sources/x.yaml".',
    issues: ['#3458'],
    bad: 'sources/random.yml',
    good: 'sources/random.yaml',
  },
  check({ view, symbols }): Report[] {
    const declared = new Set(
      symbols.filter(({ kind }) => kind === 'source').map(({ name }) => name),
    );
    const paths = new Set(view.entries.map(({ path }) => path));
    return view.entries.flatMap(({ path }) => {
      const name = /^sources\/([^/]+)\.(yml|YML|Yml|YAML|Yaml)$/.exec(path)?.[1];
      if (name === undefined || paths.has(`sources/${name}.yaml`)) return [];
      return [
        {
          file: path,
          message: `eKuiper does not look for ${path}`,
          effect: declared.has(name)
            ? `eKuiper refuses the install: "fail to install plugin: missing sources/${name}.yaml"`
            : 'eKuiper never reads it',
          hint: `Rename it to sources/${name}.yaml`,
        },
      ];
    });
  },
};
