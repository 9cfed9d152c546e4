import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../../../src/scaffold/answers.ts';
import { planProject } from '../../../../src/scaffold/plan/project.ts';
import { loadTemplates, type Templates } from '../../../../src/scaffold/templates.ts';
import { ANSWERS, PACKAGE_ROOT, symbolsOf } from '../sample.ts';

let templates: Templates;

beforeAll(async () => {
  templates = await loadTemplates(PACKAGE_ROOT, 'typescript');
});

function plan(answers: Partial<Answers> = {}): ReadonlyMap<string, string> {
  const symbols = symbolsOf(['source', 'sink', 'function']);
  const all: Answers = { ...ANSWERS, symbols, ...answers, language: 'typescript' };
  return new Map(planProject(all, templates).map(({ path, text }) => [path, text]));
}

describe('a TypeScript project', () => {
  test('uses the compiler and bundler that kplugin itself is built and tested with', () => {
    const own = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8'));
    const { devDependencies } = JSON.parse(plan().get('package.json') ?? '');
    const { kplugin, typescript, ...others } = devDependencies;
    expect(kplugin).toBe('^0.1.0');
    expect(others).toEqual({
      '@types/node': own.devDependencies['@types/node'],
      esbuild: own.devDependencies.esbuild,
    });
    expect(typescript.startsWith(`~${own.devDependencies.typescript}.`)).toBe(true);
  });

  test('names one program alike in manifest, build script, ignore file and README', () => {
    const files = plan({ name: 'tests' });
    expect(JSON.parse(files.get('tests.json') ?? '')).toMatchObject({
      language: 'go',
      executable: 'tests.cjs',
    });
    expect(JSON.parse(files.get('package.json') ?? '').scripts.build).toContain(
      '--outfile=tests.cjs',
    );
    expect(files.get('.gitignore')).toContain('\n/tests.cjs\n');
    expect(files.get('README.md')).toContain('makes one executable file: tests.cjs');
  });

  test('says why its language is "go" where the author reads it', () => {
    for (const file of ['src/main.ts', 'README.md']) {
      expect(
        plan()
          .get(file)
          ?.replace(/\s+(?:\/\/ )?/g, ' '),
        file,
      ).toMatch(/"language": "go".{1,3}though nothing here is Go/);
    }
  });

  test('tells what an update does to functions when it has some', () => {
    expect(plan().get('README.md')).toContain('The SDK works around that');
    expect(plan({ symbols: symbolsOf(['sink']) }).get('README.md')).not.toContain('update');
  });
});
