import type { Report, Rule } from '../../engine/rule.ts';

export const symbolYamlUnread: Rule = {
  id: 'symbol-yaml-unread',
  severity: 'warning',
  explanation: {
    means: 'There is a YAML file in sinks/ or functions/.',
    why: 'Only sources have a YAML configuration. eKuiper never reads the one of a sink from disk, and functions have none.',
    issues: [],
    bad: 'sinks/print.yaml',
    good: 'the settings in the action of the rule',
  },
  check: ({ view }): Report[] =>
    view.entries
      .filter(({ kind, path }) => kind === 'file' && /^(sinks|functions)\/[^/]+\.ya?ml$/.test(path))
      .map(({ path }) => ({
        file: path,
        message: `eKuiper never reads ${path}`,
        effect: 'eKuiper unpacks it and does nothing with it',
        hint: 'Delete it; settings of a sink belong in the action of a rule',
      })),
};
