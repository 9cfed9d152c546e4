import { describe, expect, test } from 'vitest';
import {
  type ChoiceQuestion,
  type Prompts,
  type Question,
  silentPrompts,
} from '../../../../src/cli/prompts.ts';
import { askNewProject } from '../../../../src/commands/init/new-project.ts';

const NO_FLAGS = {
  name: undefined,
  language: undefined,
  source: [],
  sink: [],
  function: [],
  pluginVersion: undefined,
  author: undefined,
  description: undefined,
  force: false,
  dryRun: false,
  sdk: undefined,
};

const globals = {
  json: false,
  quiet: false,
  verbose: false,
  color: false,
  input: true,
  yes: false,
};

/** A person who types these answers; an empty one takes the default. */
function person(answers: Readonly<Record<string, string>>): Prompts & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (question: Question): string => {
    const text = answers[question.flag] || question.default || '';
    const verdict = question.validate?.(text) ?? true;
    if (verdict !== true) throw new Error(`${question.flag}: ${verdict}`);
    return text;
  };
  return {
    asked,
    interactive: true,
    text: async (question) => {
      asked.push(question.flag);
      return answer(question);
    },
    select: async <T extends string>(question: ChoiceQuestion<T>) => {
      asked.push(question.flag);
      const chosen = question.choices.find(({ value }) => value === answers[question.flag]);
      if (!chosen) throw new Error('no such choice');
      return chosen.value;
    },
    confirm: async () => true,
  };
}

const ALL = [
  '--name',
  '--language',
  '--source',
  '--sink',
  '--function',
  '--plugin-version',
  '--author',
  '--description',
];

describe('a new project', () => {
  test('is asked for completely, with defaults', async () => {
    const prompts = person({ '--language': 'go', '--sink': 'a, b' });
    const answers = await askNewProject(NO_FLAGS, '/x/My Meter', { prompts, globals });
    expect(prompts.asked).toEqual(ALL);
    expect(answers).toEqual({
      name: 'My-Meter',
      language: 'go',
      sources: [],
      sinks: ['a', 'b'],
      functions: [],
      version: '0.1.0',
      author: '',
      description: '',
    });
  });

  test('is the same from prompts and from flags', async () => {
    const prompts = person({
      '--name': 'p',
      '--language': 'python',
      '--source': 'pulse',
      '--sink': 'k',
      '--function': 'f',
      '--plugin-version': '2.0',
      '--author': 'Jane',
      '--description': 'Does it',
    });
    const flags = {
      ...NO_FLAGS,
      name: 'p',
      language: 'python' as const,
      source: ['pulse'],
      sink: ['k'],
      function: ['f'],
      pluginVersion: '2.0',
      author: 'Jane',
      description: 'Does it',
    };
    const typed = await askNewProject(NO_FLAGS, '/x/y', { prompts, globals });
    const given = await askNewProject(flags, '/x/y', { prompts: silentPrompts(false), globals });
    expect(given).toEqual(typed);
  });

  test('asks only what no flag answers', async () => {
    const prompts = person({});
    const flags = { ...NO_FLAGS, language: 'go' as const, function: ['f'] };
    await askNewProject(flags, '/x/y', { prompts, globals });
    expect(prompts.asked).toEqual(['--name', '--plugin-version', '--author', '--description']);
  });

  test('with --yes asks only what has no default', async () => {
    const prompts = person({ '--language': 'go', '--function': 'f' });
    const yes = { ...globals, yes: true };
    await askNewProject(NO_FLAGS, '/x/y', { prompts, globals: yes });
    expect(prompts.asked).toEqual(['--language', '--source', '--sink', '--function']);
    await askNewProject(NO_FLAGS, '/x/计', { prompts, globals: yes }).catch(() => undefined);
    expect(prompts.asked[4]).toBe('--name');
  });

  test.each([
    ['--name', 'my meter'],
    ['--source', 'mqtt'],
    ['--sink', 'a, a'],
    ['--function', ''],
    ['--function', 'to-kwh'],
    ['--plugin-version', 'a b'],
    ['--author', '<'],
    ['--description', 'a\tb'],
  ])('refuses at once what is typed for %s: %j', async (flag, text) => {
    const prompts = person({ '--language': 'go', '--function': 'f', [flag]: text });
    const asking = askNewProject(NO_FLAGS, '/x/y', { prompts, globals });
    await expect(asking).rejects.toThrow(flag);
  });

  test.each([
    [{}, '/x/y', ['--language', '--source, --sink or --function']],
    [{}, '/x/计', ['--name', '--language', '--source']],
    [{ language: 'go' as const }, '/x/y', ['--source']],
    [{ sink: ['a'] }, '/x/y', ['--language']],
  ])('names every missing flag where nobody can be asked: %j', async (flags, folder, named) => {
    for (const yes of [false, true]) {
      const asking = { prompts: silentPrompts(yes), globals: { ...globals, yes } };
      const error = await askNewProject({ ...NO_FLAGS, ...flags }, folder, asking).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: 'missing-flag', exit: 2 });
      for (const flag of named) expect(String(error)).toContain(flag);
    }
  });
});
