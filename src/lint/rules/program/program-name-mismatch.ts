import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { mainProgramOf } from '../../program/main-program.ts';

export const programNameMismatch: Rule = {
  id: 'program-name-mismatch',
  severity: 'error',
  explanation: {
    means: 'The main program gives the SDK another plugin name than the manifest file has.',
    why:
      'The name is the socket: eKuiper listens on /tmp/plugin_<manifest>.ipc, the program dials ' +
      '/tmp/plugin_<its name>.ipc, and they never meet. Only names that stand in the source text are compared.',
    issues: [],
    bad: 'probe.json, and in main.py\n  plugin.start(PluginConfig("prober", …))',
    good: 'probe.json, and in main.py\n  plugin.start(PluginConfig("probe", …))',
  },
  async check(subject): Promise<Report[]> {
    const program = await mainProgramOf(subject);
    const written = program?.config.name;
    if (!program || !written || written.value === subject.name) return [];
    return [
      {
        file: program.file.path,
        at: written,
        message: `The program calls itself "${written.value}", but the manifest is ${subject.manifest?.path}`,
        effect: failsHandshake(
          subject,
          `The program dials /tmp/plugin_${written.value}.ipc, where nobody listens`,
        ),
        hint: `Write "${subject.name}" there${written.value === '' ? '' : `, or rename the manifest to ${written.value}.json`}`,
      },
    ];
  },
};
