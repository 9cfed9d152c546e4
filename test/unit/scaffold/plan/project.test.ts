import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { memberOf, stringsIn } from '../../../../src/model/json/node.ts';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { type Answers, LANGUAGES, type Language } from '../../../../src/scaffold/answers.ts';
import { planProject } from '../../../../src/scaffold/plan/project.ts';
import { loadTemplates, type Templates } from '../../../../src/scaffold/templates.ts';
import { ANSWERS, MIXES, PACKAGE_ROOT, symbolsOf } from '../sample.ts';

const templates = new Map<Language, Templates>();

const isCaseFile = new Ajv({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'schemas/cases.schema.json'), 'utf8')),
);

beforeAll(async () => {
  for (const language of LANGUAGES) {
    templates.set(language, await loadTemplates(PACKAGE_ROOT, language));
  }
});

function plan(answers: Partial<Answers>): Map<string, string> {
  const all = { ...ANSWERS, ...answers };
  const own = templates.get(all.language);
  if (!own) throw new Error('no templates');
  return new Map(planProject(all, own).map(({ path, text }) => [path, text]));
}

const cases = LANGUAGES.flatMap((language) => MIXES.map((mix) => ({ language, mix })));

describe.each(cases)('$language with $mix', ({ language, mix }) => {
  const files = () => plan({ language, symbols: symbolsOf(mix) });

  test('leaves no placeholder and ends every file properly', () => {
    for (const [path, text] of files()) {
      expect(text, path).not.toMatch(/\{\{ |\r|[ \t]\n/);
      if (text !== '') expect(text.endsWith('\n') && !text.endsWith('\n\n'), path).toBe(true);
    }
  });

  test('writes JSON that Go reads', () => {
    for (const [path, text] of files()) {
      if (path.endsWith('.json')) expect(parseGoJson(text), path).toMatchObject({ ok: true });
    }
  });

  test('names the symbols in the manifest, each with its files', () => {
    const written = files();
    const manifest = parseGoJson(written.get('meter.json') ?? '');
    const root = manifest.ok ? manifest.root : null;
    for (const { kind, name } of symbolsOf(mix)) {
      expect(stringsIn(memberOf(root, `${kind}s`)?.value ?? null)).toEqual([name]);
      expect(written.has(`${kind}s/${name}.json`)).toBe(true);
      expect(written.has(`${kind}s/${name}.yaml`)).toBe(kind === 'source');
    }
  });

  test('brings what the kinds need and nothing else', () => {
    const paths = [...files().keys()];
    expect(paths.includes('ekuiper_update_workaround.py')).toBe(language === 'python');
    const decodes = language !== 'typescript' && mix.includes('sink');
    expect(paths.some((path) => /rows\.(py|go)$/.test(path))).toBe(decodes);
  });
});

describe.each(LANGUAGES)('a %s project', (language) => {
  const files = () => plan({ language, symbols: symbolsOf(['source', 'sink', 'function']) });

  test('lists every key of the source YAML in the JSON, in the same letters', () => {
    const yaml: unknown = parseYaml(files().get('sources/pulse.yaml') ?? '');
    const json: unknown = JSON.parse(files().get('sources/pulse.json') ?? '');
    expect(yaml).toEqual({ default: { interval: 1000, message: 'hello' } });
    expect(json).toMatchObject({
      properties: {
        default: [
          { name: 'interval', default: 1000, type: 'int' },
          { name: 'message', default: 'hello', type: 'string' },
        ],
      },
    });
  });

  test('reads every property that it offers', () => {
    const code = [...files()].filter(([path]) => /\.(py|go|ts)$/.test(path) && !/test/.test(path));
    const text = code.map(([, content]) => content).join('\n');
    for (const key of ['interval', 'message', 'path']) {
      expect(text).toMatch(new RegExp(`["']${key}["']`));
    }
    expect(text).toMatch(language === 'typescript' ? 'dataSource' : '"datasource"');
  });

  test('has cases for every symbol, which the schema takes', () => {
    const written = files();
    const cases = [...written].filter(([path]) => /^tests\/.*\.yaml$/.test(path));
    const tested = cases.flatMap(([, text]) => {
      const tree: unknown = parseYaml(text);
      expect(isCaseFile(tree), JSON.stringify(isCaseFile.errors)).toBe(true);
      return [...JSON.stringify(tree).matchAll(/"(source|sink|function)":"(\w+)"/g)];
    });
    expect([...new Set(tested.map(([, kind, name]) => `${kind} ${name}`))].sort()).toEqual([
      'function to_kwh',
      'sink ledger',
      'source pulse',
    ]);
  });

  test('tells how its cases are run, and keeps them out of the package', () => {
    expect(files().get('README.md')).toMatch(/^kplugin test[\s\S]*^kplugin dev/m);
    expect(files().get('.kpluginignore')).toMatch(/^\/tests\/$/m);
  });

  test('points VS Code at a schema for every JSON and YAML', () => {
    const written = files();
    const settings: unknown = JSON.parse(written.get('.vscode/settings.json') ?? '');
    const urls = JSON.stringify(settings).match(/\.vscode\/kplugin\/[\w.-]+/g) ?? [];
    // The schema of cases is for both.
    expect([...new Set(urls)].toSorted()).toEqual(
      [...written.keys()].filter((path) => path.startsWith('.vscode/kplugin/')).toSorted(),
    );
    expect(settings).toMatchObject({
      'json.schemas': [
        { fileMatch: ['/meter.json', '!/sources/*.json', '!/sinks/*.json', '!/functions/*.json'] },
        {},
        {},
        {},
        { fileMatch: ['/tests/*.json'] },
      ],
      'yaml.schemas': {
        './.vscode/kplugin/cases.schema.json': ['/tests/*.yaml', '/tests/*.yml'],
      },
    });
  });

  test('carries any description and author without breaking a file', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value));
    fc.assert(
      fc.property(text, text, (description, name) => {
        const symbols = symbolsOf(['source', 'sink', 'function']);
        const author = { name, email: '', website: '' };
        const written = plan({ language, symbols, description, author });
        for (const [path, content] of written) {
          if (path.endsWith('.json')) JSON.parse(content);
        }
        const { file, line, text } = AFTER_DESCRIPTION[language];
        expect(written.get(file)?.split('\n')[line]).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});

/** The description takes one line, never more: what stands behind it is in its place. */
const AFTER_DESCRIPTION = {
  python: { file: 'main.py', line: 3, text: '"""' },
  go: { file: 'main.go', line: 3, text: 'package main' },
  typescript: { file: 'src/main.ts', line: 2, text: '//' },
} as const;

test('a Go project with functions is told what an update does, others are not', () => {
  const readme = (mix: (typeof MIXES)[number]): string =>
    plan({ language: 'go', symbols: symbolsOf(mix) }).get('README.md') ?? '';
  expect(readme(['function'])).toContain('until eKuiper is restarted');
  expect(readme(['source', 'sink'])).not.toContain('update');
});
