import type { Style } from './style.ts';

/** A file with what is to be said about it behind its name, or null. */
export interface Leaf {
  readonly path: string;
  readonly note: string | null;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly note: string | null }[];
}

/** Draws files as a tree below `root`, folders first; each line ends with a line feed. */
export function drawTree(root: string, leaves: readonly Leaf[], style: Style): string {
  const top: Folder = { folders: new Map(), files: [] };
  for (const leaf of leaves) insert(top, leaf);
  return `${style.bold(root)}\n${branches(top, '', style)}`;
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

function branches(folder: Folder, indent: string, style: Style): string {
  const rows = [
    ...[...folder.folders].map(([name, inner]) => ({
      text: `${name}/`,
      below: (more: string) => branches(inner, more, style),
    })),
    ...folder.files.map(({ name, note }) => ({
      text: note === null ? name : `${name}  ${style.dim(note)}`,
      below: () => '',
    })),
  ];
  return rows
    .map(({ text, below }, index) => {
      const last = index === rows.length - 1;
      const line = `${style.dim(indent + (last ? '└── ' : '├── '))}${text}\n`;
      return line + below(indent + (last ? '    ' : '│   '));
    })
    .join('');
}
