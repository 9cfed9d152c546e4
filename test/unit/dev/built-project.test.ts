import { beforeEach, expect, test } from 'vitest';
import { EXIT, KpluginError } from '../../../src/model/error.ts';
import { GOOD_PROJECT, temporaryFolders, writeTree } from '../../fixtures/tree.ts';
import { Developing } from './developing.ts';

const folder = temporaryFolders();

const BUILT = {
  ...GOOD_PROJECT,
  'probe.json': JSON.stringify({
    version: '1.0.0',
    language: 'go',
    executable: 'dist/run',
    sinks: ['probe_sink'],
  }),
  'src/main.ts': 'one',
  'README.md': 'read me',
  '.kpluginignore': 'src/\n*.map\nREADME.md\ntests/\nmain.py\n',
};

let project: Developing;
let output = '';

beforeEach(async () => {
  output = '#!/usr/bin/env node\none';
  project = new Developing(folder(), BUILT);
  project.build = () => {
    writeTree(project.root, { 'dist/run': output, 'dist/run.map': String(Math.random()) });
  };
  const first = await project.cycle();
  expect(first).toMatchObject({ end: 'done', problem: null, buildMs: 0 });
  expect(project.diary.slice(0, 3)).toEqual(['build', 'hold probe', 'register probe']);
});

test('what the build writes is followed by no cycle', async () => {
  expect(await project.after({ 'dist/run': output, 'dist/other.js': 'x' })).toMatchObject({
    end: 'unchanged',
    changed: [],
  });
  expect(project.diary).toEqual([]);
});

test('a source that makes another program: built, updated', async () => {
  output = '#!/usr/bin/env node\ntwo';
  const report = await project.after({ 'src/main.ts': 'two' });
  expect(report).toMatchObject({ changed: ['src/main.ts'], end: 'done', isReplaced: true });
  expect(project.diary.slice(0, 3)).toEqual(['build', 'hold probe', 'update probe']);
});

test('a source that makes the same program: built, and the old one runs on', async () => {
  const report = await project.after({ 'src/main.ts': 'one // as before' });
  expect(report).toMatchObject({ changed: ['src/main.ts'], end: 'unchanged', buildMs: 0 });
  expect(project.diary).toEqual(['build']);
});

test.each([
  ['README.md', 'unchanged', []],
  ['tests/a.yaml', 'done', ['cases of probe']],
  ['sinks/probe_sink.yaml', 'done', ['hold probe', 'update probe', 'resume', 'cases of probe']],
])('%s needs no build', async (path, end, diary) => {
  expect(await project.after({ [path]: 'changed: true\n' })).toMatchObject({
    end,
    changed: [path],
  });
  expect(project.diary).toEqual(diary);
});

test('a text that the program may hold is a reason to build', async () => {
  output = '#!/usr/bin/env node\nother words';
  expect(await project.after({ 'src/words.txt': 'other words' })).toMatchObject({ end: 'done' });
  expect(project.diary.slice(0, 3)).toEqual(['build', 'hold probe', 'update probe']);
});

test('a program that was deleted is built again with the next change', async () => {
  await project.after({ 'dist/run': null, 'tests/a.yaml': 'cases: []' });
  expect(project.diary).toEqual(['build', 'cases of probe']);
});

test('an error in the manifest is told before anything is built', async () => {
  const broken = await project.after({ 'src/main.ts': 'three', 'probe.json': '{' });
  expect(broken.end).toBe('validate');
  expect(project.diary).toEqual([]);
  await project.after({ 'probe.json': BUILT['probe.json'] });
  expect(project.diary).toEqual(['build']);
});

test('after a build that failed halfway the sources of before are built again', async () => {
  const { build } = project;
  project.build = () => {
    writeTree(project.root, { 'dist/run': '#!/usr/bin/env node\nhalf' });
    throw new KpluginError({ code: 'build-failed', exit: EXIT.findings, message: 'no', hint: '' });
  };
  expect(await project.after({ 'src/main.ts': 'two' })).toMatchObject({ end: 'build' });
  project.build = build;
  const report = await project.after({ 'src/main.ts': 'one' });
  expect(report).toMatchObject({ end: 'unchanged', plugin: { state: 'running' } });
  expect(project.diary).toEqual(['build']);
});
