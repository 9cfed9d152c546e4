import type { Entry, PluginView, ViewProblem } from '../../../src/model/view.ts';

/** A file's content, or an entry spelled out: `{ text: '#!/bin/sh', mode: 0o644, rawName: './x' }`. */
export type FileSpec =
  | string
  | Uint8Array
  | (Partial<Entry> & { readonly text?: string | Uint8Array });

export interface ViewSpec {
  readonly files: Readonly<Record<string, FileSpec>>;
  readonly form?: PluginView['form'];
  readonly label?: string;
  readonly problems?: readonly ViewProblem[];
  /** Files of the project that are not part of the package. */
  readonly project?: Readonly<Record<string, string>>;
  /** Which of them a rule leaves out, and the rule; a folder's path ends with a slash. */
  readonly leftOut?: Readonly<Record<string, string>>;
}

/** A view without a file system: the order of `files` is the container's order. */
export function memoryView(spec: ViewSpec): PluginView {
  const project = spec.project ?? {};
  return {
    form: spec.form ?? 'directory',
    label: spec.label ?? 'probe',
    entries: Object.entries(spec.files).map(([path, file]) => entryOf(path, file)),
    problems: spec.problems ?? [],
    leftOut: new Map(
      Object.entries(spec.leftOut ?? {}).map(([path, rule]) => [
        path,
        {
          rule,
          fix: `Write the line !${path} into .kpluginignore`,
          isSecret: rule.startsWith('it holds'),
        },
      ]),
    ),
    read: async (path) => bytesOf(spec.files[path]),
    readProject: async (path) => bytesOf(project[path] ?? spec.files[path]),
    close: async () => {},
  };
}

function entryOf(path: string, file: FileSpec): Entry {
  const directory = path.endsWith('/');
  const plain = directory ? path.slice(0, -1) : path;
  const entry = {
    path: plain,
    rawName: path,
    kind: directory ? ('directory' as const) : ('file' as const),
    size: bytesOf(file)?.length ?? 0,
    mode: directory ? 0o755 : 0o644,
  };
  if (typeof file === 'string' || file instanceof Uint8Array) return entry;
  const { text: _, ...stated } = file;
  return { ...entry, ...stated };
}

function bytesOf(file: FileSpec | undefined): Uint8Array | null {
  if (file === undefined) return null;
  if (file instanceof Uint8Array) return file;
  const content = typeof file === 'string' ? file : (file.text ?? '');
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
