import { has, PYTHON_UPDATE_WORKAROUND } from '../../../model/behaviours.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { programOf } from '../../executable/program.ts';
import { carriesUpdateWorkaround } from '../../program/update-workaround.ts';
import { executablePath, readManifest } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const functionsLostOnUpdate: Rule = {
  id: 'functions-lost-on-update',
  severity: 'info',
  explanation: {
    means: 'The plugin has functions and nothing that keeps them alive when it is updated.',
    why:
      'After an update eKuiper (all versions up to 2.4.0) starts only the function that was started last in the new ' +
      'process and believes that the others run. Calls fail with "validate function x error: time out, plugin p ' +
      'status running, message: ." until eKuiper restarts. On 1.14 and 2.0 even a single function is lost. A program ' +
      'that dials /tmp/func_<symbol>.ipc itself when it starts is safe: the TypeScript SDK does, the Python template ' +
      'brings a helper that does, the Go SDK leaves no place for one.',
    issues: ['#3784', '#4077'],
    bad: '{ "functions": ["value_gt", "value_dvt"] }\n  plugin.start(config)',
    good: '{ "functions": ["value_gt", "value_dvt"] }\n  ekuiper_update_workaround.install(config)\n  plugin.start(config)',
  },
  async check(subject): Promise<Report[]> {
    const manifest = readManifest(subject);
    const functions = new Set((manifest?.info.functions ?? []).filter((name) => name !== ''));
    if (manifest === null || functions.size === 0) return [];
    // The one function is started again.
    if (functions.size === 1 && has(subject.target, 'starts-last-function-again')) return [];
    if (!hasProgram(subject, manifest.info.language) || (await carriesUpdateWorkaround(subject)))
      return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('functions'),
        ...words(subject, functions.size),
        hint:
          manifest.info.language === 'python'
            ? PYTHON_UPDATE_WORKAROUND
            : `Update it before rules have used its functions, or restart eKuiper afterwards${manifest.info.language === 'go' && (await mayBeGo(subject)) ? '; the Go SDK leaves no place for a workaround' : ''}`,
      },
    ];
  },
};

/** Language `go` means any program; a script has no Go SDK. */
async function mayBeGo(subject: Subject): Promise<boolean> {
  return (await programOf(subject))?.header.format !== 'script';
}

/** A missing Python program cannot be checked; other findings report it. */
function hasProgram(subject: Subject, language: string): boolean {
  const program = executablePath(subject);
  if (program === null) return false;
  return language !== 'python' || subject.view.entries.some(({ path }) => path === program);
}

/** Follows the table in docs/ekuiper.md#functions-after-an-update. */
function words({ name, target }: Subject, count: number): Pick<Report, 'message' | 'effect'> {
  const fail = `fail with "validate function … error: time out, plugin ${name} status running, message: ." until eKuiper restarts`;
  if (!has(target, 'starts-last-function-again')) {
    return {
      message: `An update will lose the function${count === 1 ? '' : 's'} of this plugin`,
      effect: `After an update while a rule uses ${count === 1 ? 'it' : 'them'}, calls ${fail}`,
    };
  }
  return {
    message: `An update will lose all but one of this plugin's ${count} functions`,
    effect: `eKuiper ${target} starts only the function that was started last; calls of the others ${fail}`,
  };
}
