import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { programSources } from '../../program/source-files.ts';
import { languageOf, type Token, tokensOf } from '../../program/tokens/token.ts';
import type { TextFile } from '../../subject/subject.ts';

const FOLDER = /plugins[/\\]+portable[/\\]/;

export const hardCodedPath: Rule = {
  id: 'hard-coded-path',
  severity: 'warning',
  explanation: {
    means: 'The program opens files by a path with plugins/portable/ in it.',
    why:
      "Up to eKuiper 1.10 a plugin was started in eKuiper's own folder; from 1.11.0 on in the folder of its " +
      'executable, so the relative path no longer leads there. An absolute one fits one image only.',
    issues: ['#2166'],
    bad: 'open("plugins/portable/pyairknn/model.pkl")',
    good: 'open(Path(__file__).parent / "model.pkl")',
  },
  async check(subject) {
    const files = await programSources(subject);
    const reports = files.flatMap((file) => literals(file).map((token) => report(file, token)));
    return firstOf(reports);
  },
};

function literals({ path, source }: TextFile): Token[] {
  if (!FOLDER.test(source.text)) return [];
  return tokensOf(languageOf(path), source.text).filter(({ type, text }) => {
    return type === 'string' && FOLDER.test(text) && !/^[a-z]*("""|''')/i.test(text);
  });
}

function report(file: TextFile, { text, start, end }: Token): Report {
  const absolute = /^[a-z]*["'`]+(\/|[A-Za-z]:)/i.test(text);
  return {
    file: file.path,
    at: { start, end },
    message: 'The path of the installed plugin is written into the program',
    effect: absolute
      ? 'eKuiper has its plugins elsewhere in other images and packages (/kuiper, /usr/lib/kuiper, …)'
      : "eKuiper starts the program in the plugin's own folder (from 1.11.0 on), where this path leads nowhere",
    hint: file.path.endsWith('.go')
      ? 'Open the file by its path inside the package: the program is started in its own folder'
      : 'Write Path(__file__).parent / "<file>"',
  };
}
