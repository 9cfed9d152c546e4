import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { moduleFiles } from '../../program/missing-modules.ts';
import { sdkImports } from '../../program/python/sdk-names.ts';
import { type ReachedFile, reachedFiles, tooLongFiles } from '../../program/source-files.ts';
import { is, type Token, tokensOf } from '../../program/tokens/token.ts';
import { packedPaths } from '../../subject/entries.ts';
import { executablePath, readManifest } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const programNeverStarts: Rule = {
  id: 'program-never-starts',
  severity: 'error',
  explanation: {
    means:
      "A Python program imports eKuiper's SDK, and neither it nor a module that it imports calls plugin.start.",
    why:
      'plugin.start connects to eKuiper and stays until the plugin is stopped. Without it the program defines its ' +
      'classes and ends with exit status 0; eKuiper waits for the connection all the same. Programs that may start it ' +
      'in a way that their source does not show (getattr, importlib, another package) are not reported.',
    issues: [],
    bad: 'from ekuiper import Function\nclass Judge(Function): …',
    good: 'from ekuiper import Function, PluginConfig, plugin\nclass Judge(Function): …\nplugin.start(PluginConfig("probe", {}, {}, {"judge": Judge}))',
  },
  async check(subject): Promise<Report[]> {
    const executable = executablePath(subject);
    if (executable === null || readManifest(subject)?.info.language !== 'python') return [];
    const files = await reachedFiles(subject);
    if (files[0]?.file.path !== executable || (await tooLongFiles(subject)).length > 0) return [];
    if (!usesSdk(files) || files.some((file) => mayStart(subject, file))) return [];
    return [
      {
        file: executable,
        message: `${executable} never calls plugin.start`,
        effect: failsHandshake(
          subject,
          'The program ends without having connected to eKuiper, and prints nothing',
        ),
        hint: `Write as its last lines: if __name__ == "__main__": plugin.start(PluginConfig("${subject.name}", {sources}, {sinks}, {functions}))`,
      },
    ];
  },
};

function usesSdk(files: readonly ReachedFile[]): boolean {
  return files.some(({ imports }) => imports.some(({ name }) => name === 'ekuiper'));
}

/** Names by which a program may run code that is not in its source, or speak to eKuiper without the SDK. */
const HIDES =
  /^(?:getattr|exec|eval|execfile|runpy|importlib|import_module|__import__|subprocess|Popen|exec[lv]p?e?|pynng)$/;

function mayStart(subject: Subject, { file, imports }: ReachedFile): boolean {
  const tokens = tokensOf('python', file.source.text);
  // Not readable as Python.
  if (tokens.length === 0 && file.source.text.trim() !== '') return !/^\s*#/.test(file.source.text);
  const packed = packedPaths(subject.view);
  const hides = imports.some(({ name, path }) => {
    const isOwn = moduleFiles(path).some((one) => packed.has(one));
    return /kuiper/i.test(name) && !/^ekuiper(?:\.|$)/.test(name) && !isOwn;
  });
  if (hides || sdkImports(tokens).some(({ name }) => name === 'start')) return true;
  return tokens.some((_, at) => isStart(tokens, at) || isHidden(tokens, at));
}

/** `sys.path` leads to modules that were not read. `exec` is also the name of a function's method. */
function isHidden(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at];
  if (word?.type !== 'name') return false;
  if (word.text === 'path') return is(tokens[at - 2], 'sys');
  return HIDES.test(word.text) && !(word.text === 'exec' && isMethod(tokens[at - 1]));
}

const isMethod = (before: Token | undefined): boolean => is(before, 'def') || is(before, '.');

/** `plugin.start(config)`, `start(config)` and `run(plugin.start)`; `thread.start()` has no argument. */
function isStart(tokens: readonly Token[], at: number): boolean {
  const [before, word, one, two] = [-1, 0, 1, 2].map((by) => tokens[at + by]);
  if (!is(word, 'start') || is(before, 'def')) return false;
  const isCall = is(one, '(');
  return is(before, '.') ? !(isCall && is(two, ')')) : isCall;
}
