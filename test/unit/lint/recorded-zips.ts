import type { PluginView, ViewProblem } from '../../../src/model/view.ts';
import { nameEntry } from '../../../src/package/zip/entry-name.ts';
import { type FileSpec, memoryView } from './memory-view.ts';

/** A package that was posted to a real server, and its answer. */
export interface RecordedZip {
  readonly name: string;
  readonly view: PluginView;
  readonly status: number;
  /** What stands after "fail to install plugin: ", with quotes and folders as our effects have them. */
  readonly words: string;
}

interface RecordedEntry {
  readonly name: string;
  readonly text?: string;
  readonly dir?: boolean;
  readonly mode?: string;
  readonly made?: string;
}

interface Step {
  readonly upload?: string;
  readonly zip?: readonly RecordedEntry[];
  readonly req?: readonly [string, string, unknown];
  readonly status?: number;
  readonly body?: string;
}

/** The cases in which one zip is uploaded and then posted, with the answer of one server. */
export function recordedZips(cases: unknown, recorded: unknown): RecordedZip[] {
  const steps = asCases(cases);
  const answers = asCases(recorded);
  return Object.entries(steps).flatMap(([name, list]) => {
    const zips = list.flatMap(({ zip }) => (zip ? [zip] : []));
    const at = list.findIndex(({ req }) => req?.[0] === 'POST' && req[1] === '/plugins/portables');
    const answer = answers[name]?.[at];
    const [entries] = zips;
    if (!entries || zips.length > 1 || !answer?.status || answer.status === 0) return [];
    if (/^(body|file|upload|name|duplicate)\b/.test(name)) return [];
    return [{ name, view: viewOf(entries), status: answer.status, words: wordsOf(answer.body) }];
  });
}

// The files are our own records; a wrong shape fails the tests that use it.
function asCases(value: unknown): Record<string, readonly Step[]> {
  return value as Record<string, readonly Step[]>;
}

function viewOf(entries: readonly RecordedEntry[]): PluginView {
  const problems: ViewProblem[] = [];
  const files = entries.flatMap((entry): [string, FileSpec][] => {
    const { path, problem } = nameEntry(Buffer.from(entry.name));
    if (problem) problems.push(problem);
    return path === null ? [] : [[path, fileOf(entry, path)]];
  });
  return memoryView({
    form: 'zip',
    label: 'probe.zip',
    problems,
    files: Object.fromEntries(files),
  });
}

function fileOf({ name, text, dir, mode, made }: RecordedEntry, path: string): FileSpec {
  const bits = Number.parseInt(mode ?? '644', 8);
  const link = (bits & 0o170000) === 0o120000;
  return {
    text: (text ?? '').replaceAll('{python}', '/usr/bin/python3'),
    path,
    rawName: name,
    kind: dir ? 'directory' : link ? 'symlink' : 'file',
    mode: made === 'fat' ? null : bits & 0o7777,
  };
}

function wordsOf(body = ''): string {
  const message = /"message":"(.*)"\}\s*$/s.exec(body)?.[1] ?? body;
  return message
    .replace(/^.*?fail to install plugin: /s, '')
    .replaceAll('\\"', '"')
    .replaceAll("'", '"')
    .replaceAll('$HOME/plugins/portable/', '…/')
    .replace(/^plugin …\/\S+ (?=control handshake)/, '')
    .trim();
}
