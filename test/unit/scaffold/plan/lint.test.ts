import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { lintPlugin } from '../../../../src/lint/lint.ts';
import { has } from '../../../../src/model/behaviours.ts';
import { type PluginSymbol, SYMBOL_KINDS } from '../../../../src/model/symbol.ts';
import { TARGET_NAMES } from '../../../../src/model/target.ts';
import type { PluginView } from '../../../../src/model/view.ts';
import { LANGUAGES, type Language } from '../../../../src/scaffold/answers.ts';
import { pluginNameProblem, symbolProblem } from '../../../../src/scaffold/name-check.ts';
import type { PlannedFile } from '../../../../src/scaffold/plan/language-kit.ts';
import { planProject } from '../../../../src/scaffold/plan/project.ts';
import { loadTemplates, type Templates } from '../../../../src/scaffold/templates.ts';
import { ANSWERS, PACKAGE_ROOT } from '../sample.ts';

const templates = new Map<Language, Templates>();

beforeAll(async () => {
  for (const language of LANGUAGES) {
    templates.set(language, await loadTemplates(PACKAGE_ROOT, language));
  }
});

/** In the folder that init makes: one that differs in letter case only would be a finding. */
function viewOf(plugin: string, files: readonly PlannedFile[]): PluginView {
  const contents = new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]));
  const read: PluginView['read'] = async (path) => contents.get(path) ?? null;
  return {
    form: 'directory',
    label: plugin,
    entries: files.map(({ path, text }) => ({
      path,
      rawName: path,
      kind: 'file',
      size: Buffer.byteLength(text),
      mode: path === 'main.py' ? 0o755 : 0o644,
    })),
    problems: [],
    leftOut: new Map(),
    read,
    readProject: read,
    close: () => Promise.resolve(),
  };
}

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const pluginName = name.filter((text) => pluginNameProblem(text) === null);
const symbols = fc
  .array(fc.record({ kind: fc.constantFrom(...SYMBOL_KINDS), name }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((wanted) => {
    const taken: PluginSymbol[] = [];
    for (const symbol of wanted) if (symbolProblem(symbol, taken) === null) taken.push(symbol);
    return taken;
  })
  .filter((taken) => taken.length > 0);

describe.each(LANGUAGES)('a %s project of whatever names', (language) => {
  test('has no finding but the one about updates', async () => {
    const own = templates.get(language);
    if (!own) throw new Error('no templates');
    await fc.assert(
      fc.asyncProperty(
        pluginName,
        symbols,
        fc.constantFrom(...TARGET_NAMES),
        async (plugin, list, target) => {
          const answers = { ...ANSWERS, name: plugin, language, symbols: list };
          const found = await lintPlugin(viewOf(plugin, planProject(answers, own)), { target });
          const functions = list.filter(({ kind }) => kind === 'function').length;
          const kept = has(target, 'starts-last-function-again') ? 1 : 0;
          const loses = language === 'go' && functions > kept;
          expect(found.map(({ rule }) => rule)).toEqual(loses ? ['functions-lost-on-update'] : []);
        },
      ),
      { numRuns: 60 },
    );
  });
});
