import type { Entry } from '../../model/view.ts';
import { readManifest } from '../subject/manifest.ts';
import { isVendored, OWN_FILES, ownFiles } from '../subject/own-files.ts';
import type { Subject, TextFile } from '../subject/subject.ts';
import { mainFiles } from './main-program.ts';
import { reachedFiles } from './reachable.ts';

/** The program's own readable source files: Python modules of the package, or a Go project's main file. */
export async function programSources(subject: Subject): Promise<readonly TextFile[]> {
  const language = readManifest(subject)?.info.language;
  const modules = ownFiles(subject.view, isPython).map(({ path }) => path);
  const paths = language === 'go' ? [...mainFiles(subject, 'go'), ...modules] : modules;
  const files = await Promise.all([...new Set(paths)].map((path) => subject.text(path)));
  return files.filter(isRead);
}

/**
 * All sources that may name files: those of {@link programSources}, those that run (see {@link reachedFiles}) and the
 * Go files of the project in every folder that is not left out as a whole. Files that are not text are skipped.
 */
export async function programTexts(subject: Subject): Promise<readonly TextFile[]> {
  const found = await programSources(subject);
  const reached = (await reachedFiles(subject)).map(({ file }) => file);
  const paths = readManifest(subject)?.info.language === 'go' ? goSources(subject) : [];
  const others = await Promise.all(paths.map((path) => subject.text(path)));
  const all = [...found, ...reached, ...others.filter(isRead)];
  const byPath = new Map(all.map((file) => [file.path, file]));
  return [...byPath.values()].filter(({ source }) => !source.text.includes('\0'));
}

const isPython = ({ path }: Entry): boolean => path.endsWith('.py');

function goSources({ view }: Subject): string[] {
  const paths = [...view.leftOut.keys(), ...view.entries.map(({ path }) => path)];
  const sources = paths.filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'));
  return sources.filter((path) => !isVendored(path)).slice(0, OWN_FILES.files);
}

function isRead(file: TextFile | null): file is TextFile {
  return file !== null && file.source.text.length <= OWN_FILES.bytes;
}
