import { has } from '../../../model/behaviours.ts';
import { fileWord } from '../../../model/shell-word.ts';
import { atLeastVersion } from '../../../model/target.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { type KeepAlive, keepAliveOf } from '../../program/python-keep-alive.ts';
import { executablePath, readManifest } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const pythonKeepAlive: Rule = {
  id: 'python-keep-alive',
  severity: 'error',
  explanation: {
    means:
      "A Python plugin uses eKuiper's SDK 2.4 without the helper of kplugin init that replaces its keep-alive, or with " +
      'the helper of an earlier kplugin init, which does not. The release is read from requirements.txt or from the ' +
      'metadata of an SDK in the package.',
    why:
      'After 5 idle seconds the SDK 2.4 repeats its handshake. eKuiper before 2.1.3 takes that for the answer to a ' +
      'command: on 1.14.7 sinks do not start after an update and rows are lost, on 2.0.8 the second or third update ends ' +
      'the whole server. Later ones may take the one of the old process for that of a new one that hangs (a note).',
    issues: ['#3967'],
    bad: 'ekuiper==2.4.2 in requirements.txt, and only plugin.start(CONFIG)',
    good: 'ekuiper==2.4.2 in requirements.txt\n  ekuiper_update_workaround.install(CONFIG)\n  plugin.start(CONFIG)',
  },
  async check(subject): Promise<Report[]> {
    if (readManifest(subject)?.info.language !== 'python') return [];
    const found = await keepAliveOf(subject);
    const sends =
      found.sdk === null ? found.helper === 'earlier' : atLeastVersion(found.sdk, '2.4.0');
    if (!sends || found.helper === 'quiet') return [];
    const isRefused = !has(subject.target, 'passes-over-late-handshakes');
    // Without the helper it is as others wrote it; only ours is to be replaced by ours.
    if (!isRefused && found.helper === null) return [];
    return [
      {
        file: found.file ?? found.from ?? executablePath(subject) ?? '',
        ...(isRefused ? {} : { severity: 'info' as const }),
        message:
          found.helper === 'earlier'
            ? 'This is the helper of an earlier kplugin init'
            : `The SDK ${found.sdk} sends a keep-alive that eKuiper ${subject.target} takes for an answer`,
        effect: effectOn(subject, isRefused),
        hint: hintFor(found),
      },
    ];
  },
};

function effectOn({ target }: Subject, isRefused: boolean): string {
  if (!isRefused) {
    return 'eKuiper may take the handshake that the old process left behind for that of a new one: after an update a program that hangs is shown as running';
  }
  return has(target, 'starts-at-install')
    ? 'eKuiper 2.0 ends as a whole at the second or third update of the plugin (SIGSEGV, seen on 2.0.8). The update that takes it away may be that one: rather remove the plugin with kplugin remove, restart eKuiper, and install it'
    : 'After an update sinks do not start ("receive error: handshake"): rows are lost, and eKuiper counts them as sent (seen on 1.14.7). The update that takes it away had no rows once either: then run kplugin install --reinstall';
}

const MAKE =
  'd=$(mktemp -d) && kplugin init "$d" --name sample --language python --function f --yes && cp "$d/ekuiper_update_workaround.py"';

function hintFor({ file }: KeepAlive): string {
  if (file === null) {
    return `Add ekuiper_update_workaround.py beside the main program, and call its install(config) before plugin.start; in the folder of the project: ${MAKE} .`;
  }
  return `Replace the file; in the folder of the project: ${MAKE} ${fileWord(file)}`;
}
