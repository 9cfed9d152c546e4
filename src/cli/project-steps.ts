import path from 'node:path';
import { fileWord } from '../model/shell-word.ts';
import { statsAt } from '../package/regular-file.ts';
import { ownPython } from './serve/find-python.ts';

type Language = 'python' | 'go' | 'typescript';

/**
 * What to type in the current folder to get into a project and run its own tests, as it is now: a Python project is run by
 * its own environment, which is made where there is none. Nothing is run.
 */
export async function testSteps(language: Language, root: string, cwd: string): Promise<string[]> {
  const shown = path.relative(cwd, root);
  const cd = shown === '' ? [] : [`cd ${fileWord(shown)}`];
  return [...cd, ...(await stepsOf(language, root))];
}

async function stepsOf(language: Language, root: string): Promise<string[]> {
  if (language === 'go') return ['go test ./...'];
  if (language === 'python') return pythonSteps(root);
  const isInstalled = statsAt(path.join(root, 'node_modules')) !== null;
  return isInstalled ? ['npm test'] : ['npm install', 'npm test'];
}

/** How the Python of a project is called from its folder. */
async function pythonSteps(root: string): Promise<string[]> {
  const own = await ownPython(root);
  if (own !== null) return [`${fileWord(path.relative(root, own.program))} -m unittest`];
  const hasRequirements = statsAt(path.join(root, 'requirements.txt')) !== null;
  return [
    'python3 -m venv .venv',
    ...(hasRequirements ? [`${NEW_PYTHON} -m pip install -r requirements.txt`] : []),
    `${NEW_PYTHON} -m unittest`,
  ];
}

const NEW_PYTHON = process.platform === 'win32' ? '.venv\\Scripts\\python' : '.venv/bin/python';
