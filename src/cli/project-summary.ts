import path from 'node:path';
import { fileWord } from '../model/shell-word.ts';
import { statsAt } from '../package/files/regular-file.ts';
import { hasModule, ownPython } from './find-python.ts';
import { bold, type Cell, dim, joined } from './output/view.ts';

/** The module name of the SDK. */
const SDK = 'ekuiper';

/** The interpreter in a virtual environment that is created in the project. */
const NEW_PYTHON = process.platform === 'win32' ? '.venv\\Scripts\\python' : '.venv/bin/python';

type Language = 'python' | 'go' | 'typescript';

/**
 * The shell commands from the current directory that enter a project and run its unit tests. A Python project uses its
 * virtual environment; commands that create it are included if it is missing. Runs nothing.
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

/** The commands for the Python of a project, relative to its directory. */
async function pythonSteps(root: string): Promise<string[]> {
  const own = await ownPython(root);
  const hasRequirements = statsAt(path.join(root, 'requirements.txt')) !== null;
  if (own !== null) {
    const python = fileWord(path.relative(root, own.program));
    const lacksSdk = hasRequirements && !hasModule(own.folder, SDK);
    return [
      ...(lacksSdk && !hasModule(own.folder, 'pip') ? [`${python} -m ensurepip`] : []),
      ...(lacksSdk ? [`${python} -m pip install -r requirements.txt`] : []),
      `${python} -m unittest`,
    ];
  }
  return [
    'python3 -m venv .venv',
    ...(hasRequirements ? [`${NEW_PYTHON} -m pip install -r requirements.txt`] : []),
    `${NEW_PYTHON} -m unittest`,
  ];
}

/** A file, and a remark behind its name or null. */
export interface Leaf {
  readonly path: string;
  readonly note: string | null;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly note: string | null }[];
}

/** Formats files as a tree below `root`, directories first, one line each. */
export function treeLines(root: string, leaves: readonly Leaf[]): Cell[] {
  const top: Folder = { folders: new Map(), files: [] };
  for (const leaf of leaves) insert(top, leaf);
  return [bold(root), ...branches(top, '')];
}

function insert(top: Folder, leaf: Leaf): void {
  const parts = leaf.path.split('/');
  const name = parts.pop() ?? '';
  let folder = top;
  for (const part of parts) {
    const next = folder.folders.get(part) ?? { folders: new Map(), files: [] };
    folder.folders.set(part, next);
    folder = next;
  }
  folder.files.push({ name, note: leaf.note });
}

function branches(folder: Folder, indent: string): Cell[] {
  const rows = [
    ...[...folder.folders].map(([name, inner]) => ({
      cell: `${name}/`,
      below: (more: string) => branches(inner, more),
    })),
    ...folder.files.map(({ name, note }) => ({
      cell: note === null ? name : [name, '  ', dim(note)],
      below: () => [],
    })),
  ];
  return rows.flatMap(({ cell, below }, index) => {
    const last = index === rows.length - 1;
    const line = joined(dim(indent + (last ? '└── ' : '├── ')), cell);
    return [line, ...below(indent + (last ? '    ' : '│   '))];
  });
}
