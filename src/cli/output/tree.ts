import { bold, type Cell, dim, joined } from './view.ts';

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
