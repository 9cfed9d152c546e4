import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { mainProgramOf } from '../../program/main-program.ts';

export const programConfigIncomplete: Rule = {
  id: 'program-config-incomplete',
  severity: 'error',
  explanation: {
    means: 'The PluginConfig of the main program lacks the name, or (in Python) another argument.',
    why:
      'PluginConfig of the Python SDK has four arguments that must all be given; without one Python stops with a ' +
      'TypeError. A Go program without Name dials /tmp/plugin_.ipc, where nobody listens.',
    issues: [],
    bad: 'PluginConfig(sources={}, sinks={}, functions={"f": F})',
    good: 'PluginConfig("probe", {}, {}, {"f": F})',
  },
  async check(subject): Promise<Report[]> {
    const program = await mainProgramOf(subject);
    const [missing] = program?.config.missing ?? [];
    if (!program || missing === undefined) return [];
    const { language, file, config } = program;
    const isName = missing.toLowerCase() === 'name';
    return [
      {
        file: file.path,
        at: config.at,
        message: `PluginConfig has no ${missing}`,
        effect: failsHandshake(
          subject,
          language === 'python'
            ? `Python stops with "TypeError: … missing … required positional argument", because ${missing} must be given`
            : 'The program dials /tmp/plugin_.ipc, where nobody listens',
        ),
        hint: isName
          ? `Write the name of the manifest, "${subject.name}", ${language === 'python' ? 'as the first argument' : `as ${missing}`}`
          : `Write ${missing}={} when the plugin has none`,
      },
    ];
  },
};
