import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { cleanEnv, kplugin } from '../bin/run.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { openRestHost } from '../fixtures/rest-host.ts';
import { type TrappedProject, trappedProject } from '../fixtures/trapped-project.ts';
import { temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';

const folder = temporaryFolders();
const run = promisify(execFile);

type Language = Parameters<typeof trappedProject>[1];

function trapped(language: Language): TrappedProject {
  const base = folder();
  const project = trappedProject(path.join(base, 'trap'), language, path.join(base, 'marks'));
  if (language !== 'python')
    chmodSync(path.join(project.folder, language === 'go' ? 'trap' : 'trap.mjs'), 0o755);
  return project;
}

/** Answers that depend on the language; `HOST` stands for an eKuiper that answers, the number is the exit code. */
const EVERY_LANGUAGE: readonly (readonly [number, ...string[]])[] = [
  [0, 'doctor', '.', '--verbose'],
  [0, 'validate'],
  [0, 'pack', '--dry-run'],
  [0, 'pack', '--explain'],
  [0, 'pack', '--no-build', '-o', '../out.zip'],
  [1, 'diff', '.', 'trap.zip'],
  [0, 'test', '--list', '--no-build'],
  [0, 'add', 'source', 'more'],
];

const PYTHON: readonly (readonly [number, ...string[]])[] = [
  [0, 'doctor', '.', '--host', 'HOST', '--json'],
  [0, 'validate', '.', '--json'],
  [0, 'validate', '--format', 'github'],
  [0, 'pack', '-o', '../p.zip'],
  [0, 'inspect', '../p.zip'],
  [0, 'pack', '--check', '-o', '../p.zip'],
  [0, 'pack', '--from', '../p.zip', '-o', '../from.zip'],
  [0, 'install', '.', '--host', 'HOST', '--dry-run', '--yes'],
  [1, 'diff', '.', 'HOST'],
  [0, 'schema', 'manifest'],
  [0, 'explain', 'executable-missing'],
  [0, 'init', '.', '--name', 'trap', '--language', 'python', '--sink', 'a', '--yes', '--force'],
  [0, 'init', 'fresh', '--language', 'typescript', '--sink', 'a', '--no-input'],
  [0, 'list', '--host', 'HOST'],
  [3, 'status', 'trap', '--host', 'HOST'],
  [3, 'describe', 'trap', '--host', 'HOST'],
  [3, 'history', 'trap', '--host', 'HOST'],
  [3, 'remove', 'trap', '--host', 'HOST', '--yes'],
  [3, 'rollback', 'trap', '--host', 'HOST', '--dry-run'],
  [0, 'host', 'list'],
];

const SETTINGS = {
  PYTHONPATH: '.',
  PYTHONSTARTUP: './main.py',
  NODE_PATH: '.',
  GOFLAGS: '-toolexec=./go',
  KPLUGIN_PYTHON: '.venv/bin/python',
};

describeOnUnix('looking at a folder executes nothing of it', () => {
  it.each<Language>(['python', 'go', 'typescript'])('a project in %s', async (language) => {
    const project = trapped(language);
    const served = await openRestHost(folder(), '2.4');
    onTestFinished(() => served.close());
    const host = served.address;
    const zip = makeZip([
      { name: 'trap.json', text: '{}' },
      { name: 'install.sh', text: 'exit 1\n' },
    ]);
    writeFileSync(path.join(project.folder, 'trap.zip'), zip);
    const looks = language === 'python' ? [...EVERY_LANGUAGE, ...PYTHON] : EVERY_LANGUAGE;
    const answers: [number, ...string[]][] = [];
    for (const [, ...words] of looks) {
      const { code } = await kplugin(
        words.map((word) => (word === 'HOST' ? host : word)),
        {
          cwd: project.folder,
          env: { ...SETTINGS, PATH: project.searchPath, KPLUGIN_RETRIES: '0' },
        },
      );
      answers.push([code, ...words]);
      expect({ words, sprung: project.sprung() }).toEqual({ words, sprung: [] });
    }
    // Commands that failed at their first step would have sprung nothing.
    expect(answers).toEqual(looks);
  });

  it('the doctor says what it did not start, and reads the release of the SDK all the same', async () => {
    const project = trapped('python');
    const { stdout } = await kplugin(['doctor'], { cwd: project.folder });
    expect(stdout).toContain(
      'Python 3.11.7 (.venv/bin/python, read from its files) with ekuiper 2.4.2 and pynng 0.8.1',
    );
    expect(stdout).toContain('kplugin doctor --python .venv/bin/python');
  });
});

describeOnUnix('the traps are live', () => {
  it('--python starts the interpreter of the project', async () => {
    const project = trapped('python');
    await kplugin(['doctor', '--python', '.venv/bin/python'], { cwd: project.folder });
    expect(project.sprung()).toEqual(['.venv/bin/python']);
  });

  it.each<[string, string, readonly string[], string]>([
    ['a module of the standard library', 'python3', ['-c', 'import json'], 'json.py'],
    ['main.py', 'python3', ['main.py'], 'main.py'],
    [
      'a program of the folder, found on the PATH',
      '/bin/sh',
      ['-c', 'PATH=.:$PATH; go version'],
      'go',
    ],
    [
      'a program of node_modules',
      '/bin/sh',
      ['-c', 'PATH=node_modules/.bin; npm'],
      'node_modules/.bin/npm',
    ],
    ['git’s file system monitor', '/usr/bin/git', ['status'], 'bin/git'],
    ['install.sh', '/bin/sh', ['install.sh'], 'install.sh'],
    ['PYTHONPATH', '/bin/sh', ['-c', 'PYTHONPATH=. python3 -c ""'], 'sitecustomize.py'],
  ])('%s', async (_name, program, args, trap) => {
    const project = trapped('python');
    await run(program, [...args], { cwd: project.folder, env: cleanEnv() }).catch(() => null);
    expect(project.sprung()).toContain(trap);
  });

  it('pack without --no-build runs the build of a project', async () => {
    const project = trapped('typescript');
    await kplugin(['pack', '-o', '../out.zip'], { cwd: project.folder });
    expect(project.sprung()).not.toEqual([]);
  });
});
