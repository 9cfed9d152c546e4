import { beforeEach, describe, expect, test } from 'vitest';
import { EXIT, KpluginError } from '../../../src/model/error.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../fixtures/tree.ts';
import { Developing, NO_CASES_FAIL } from './developing.ts';

const folder = temporaryFolders();
const MANIFEST = 'probe.json';
const GOOD = String(GOOD_PROJECT[MANIFEST]);

let project: Developing;

beforeEach(async () => {
  project = new Developing(folder());
  const first = await project.cycle();
  expect(first).toMatchObject({ cycle: 1, changed: [], end: 'done', isReplaced: true });
  expect(project.diary).toEqual(['hold probe', 'register probe', 'resume', 'cases of probe']);
});

describe('what a change leads to', () => {
  test('another package: update, what ran runs again, cases', async () => {
    const report = await project.after({ 'main.py': 'print(2)\n' });
    expect(report).toMatchObject({ changed: ['main.py'], end: 'done', problem: null });
    expect(report.plugin).toEqual({ name: 'probe', version: '1.0.0', state: 'running' });
    // The YAML of sources as well (docs/ekuiper.md#source-yaml-after-an-update).
    expect(project.host.forgotten).toBe(2);
    expect(project.diary).toEqual(['hold probe', 'update probe', 'resume', 'cases of probe']);
  });

  test('other cases: cases only', async () => {
    const report = await project.after({
      '.kpluginignore': 'tests/\n',
      'tests/a.yaml': 'cases: []',
    });
    expect(report).toMatchObject({ end: 'done', isReplaced: false });
    expect(project.diary).toEqual(['cases of probe']);
  });

  test('cases that lie in the package: cases only; what else lies beside them may be read', async () => {
    await project.after({ 'tests/a.yaml': 'cases: []' });
    expect(project.diary).toEqual(['cases of probe']);
    await project.after({ 'tests/data/a.yaml': 'cases: []' });
    expect(project.diary).toContain('update probe');
    await project.after({ 'tests/a.yaml': null });
    expect(project.diary).toEqual(['cases of probe']);
  });

  test.each([
    ['nothing', {}, []],
    ['a file written again', { 'main.py': 'print("probe")\n' }, []],
    ['a rule that leaves nothing out', { '.kpluginignore': '# none\n' }, ['.kpluginignore']],
    ['what no package takes in', { '.idea/x': 'x', 'old.zip': 'x' }, []],
  ])('%s: nothing', async (_, tree, changed) => {
    expect(await project.after(tree)).toMatchObject({ end: 'unchanged', changed, problem: null });
    expect(project.diary).toEqual([]);
  });

  test('a file that leaves the package: update', async () => {
    await project.after({ 'more.py': '' });
    expect(await project.after({ 'more.py': null })).toMatchObject({ changed: ['more.py'] });
    expect(project.diary).toContain('update probe');
  });

  test('a plugin that is called otherwise: the old one goes', async () => {
    const report = await project.after({ [MANIFEST]: null, 'probe2.json': GOOD });
    expect(report).toMatchObject({ end: 'done', plugin: { name: 'probe2' } });
    expect(project.diary.slice(0, 3)).toEqual(['hold probe', 'remove probe', 'register probe2']);
  });
});

describe('a project with errors', () => {
  test('the old plugin keeps running; nothing happens when the error goes as it came', async () => {
    const broken = await project.after({ [MANIFEST]: '{' });
    expect(broken).toMatchObject({ end: 'validate', plugin: { state: 'running' } });
    expect(broken.problem?.findings[0]).toMatchObject({ file: MANIFEST, line: 1 });
    expect(project.diary).toEqual([]);
    expect(await project.after({ [MANIFEST]: GOOD })).toMatchObject({ end: 'unchanged' });
    expect(project.diary).toEqual([]);
  });

  test('cases that came with an error are run when it went', async () => {
    await project.after({ [MANIFEST]: '{', 'tests/a.yaml': 'cases: []' });
    await project.after({ [MANIFEST]: GOOD, '.kpluginignore': 'tests/\n' });
    expect(project.diary).toEqual(['cases of probe']);
  });

  test('rules of the project that cannot be read are an error like others', async () => {
    const report = await project.after({ '.kplugin.json': '[' });
    expect(report.problem).toMatchObject({ code: 'project-config-invalid' });
    expect((await project.after({ '.kplugin.json': '{}' })).end).toBe('unchanged');
  });

  test('a finding is new once', async () => {
    const warned = GOOD.replace('"sinks"', '"colour": "red",\n  "sinks"');
    const first = await project.after({ [MANIFEST]: warned });
    expect(first.newFindings).toHaveLength(first.findings.length);
    const second = await project.after({ 'main.py': 'print(3)\n' });
    expect(second.findings).toEqual(first.findings);
    expect(second.newFindings).toEqual([]);
  });
});

describe('a program that does not start', () => {
  test('the next change registers it anew, and what ran before runs again', async () => {
    project.host.refusal = 'it cannot\nkplugin: the process ended after 80 ms';
    const failed = await project.after({ 'main.py': 'exit(1)\n' });
    expect(failed).toMatchObject({ end: 'start', plugin: null });
    expect(failed.problem).toMatchObject({ reason: 'the process ended after 80 ms' });
    expect(project.diary).toEqual(['hold probe', 'update probe']);
    const fixed = await project.after({ 'main.py': 'print("probe")\n' });
    expect(fixed).toMatchObject({ end: 'done', changed: ['main.py'] });
    expect(project.diary).toEqual(['register probe', 'resume', 'cases of probe']);
  });

  test('an update that leaves it dead is repaired by a restart', async () => {
    project.host.staysDead = true;
    expect(await project.after({ 'main.py': 'print(4)\n' })).toMatchObject({ end: 'done' });
    expect(project.diary).toEqual([
      'hold probe',
      'update probe',
      'restart probe',
      'resume',
      'cases of probe',
    ]);
  });

  test('one that ended by itself is started anew by the next change, whatever it is', async () => {
    project.development.ended('probe');
    project.development.ended('somebody else');
    const report = await project.after({ '.kpluginignore': '# none\n' });
    expect(report).toMatchObject({ isReplaced: true, plugin: { state: 'running' } });
    expect(project.diary).toContain('update probe');
  });

  test('what a client had started and the new program does not know is told', async () => {
    project.lost = ['source ticker: symbol not found'];
    const report = await project.after({ 'main.py': 'print(5)\n' });
    expect(report.lost).toEqual(project.lost);
  });
});

test('forced: everything is done although nothing changed', async () => {
  project.development.force();
  expect(await project.cycle()).toMatchObject({ end: 'done', isReplaced: true });
  expect(await project.cycle()).toMatchObject({ end: 'unchanged' });
});

test('cases that fail, or cannot be read, end the cycle there', async () => {
  const suite = NO_CASES_FAIL.suite && { ...NO_CASES_FAIL.suite, failed: 1 };
  project.cases = { ...NO_CASES_FAIL, suite };
  expect(await project.after({ 'main.py': '1\n' })).toMatchObject({ end: 'cases', problem: null });
  project.cases = { ...NO_CASES_FAIL, suite: null };
  expect(await project.after({ 'main.py': '2\n' })).toMatchObject({ end: 'cases', problem: null });
  project.cases = null;
  expect(await project.after({ 'main.py': '3\n' })).toMatchObject({ end: 'done', cases: null });
});

test('the signal ends a cycle with its reason, a bug with itself', async () => {
  const reason = new Error('enough');
  await expect(project.cycle(AbortSignal.abort(reason))).rejects.toBe(reason);
  project.buildError = new TypeError('a bug');
  project.development.force();
  await expect(project.after({ 'main.py': '6\n' })).rejects.toBe(project.buildError);
});

test('the build says why it failed, and is tried again by the next change of a source only', async () => {
  const { buildError } = project;
  expect(buildError).toBeNull();
  project.buildError = new KpluginError({
    code: 'build-failed',
    exit: EXIT.findings,
    message: 'go build failed',
    hint: 'fix it',
  });
  const failed = await project.after({ 'main.py': '7\n' });
  expect(failed).toMatchObject({ end: 'build', problem: { code: 'build-failed' } });
  expect(failed.plugin?.state).toBe('running');
});
