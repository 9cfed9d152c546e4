import { readManifest } from '../manifest.ts';
import type { Subject, TextFile } from '../subject.ts';
import { mainFiles } from './main-program.ts';

/** Enough for what people write; what is vendored beyond that is not theirs. */
const MOST_FILES = 100;
const MOST_BYTES = 256 * 1024;
const VENDORED = /(^|\/)(site-packages|dist-packages|node_modules|vendor|venv|\.venv|tests?)\//;

/** The program's own source files that can be read: Python modules of the package, or a Go project's main file. */
export async function programSources(subject: Subject): Promise<readonly TextFile[]> {
  const language = readManifest(subject)?.info.language;
  const modules = subject.view.entries
    .filter(({ path, kind, size }) => kind === 'file' && path.endsWith('.py') && size <= MOST_BYTES)
    .filter(({ path }) => !VENDORED.test(path))
    .slice(0, MOST_FILES)
    .map(({ path }) => path);
  const paths = language === 'go' ? [...mainFiles(subject, 'go'), ...modules] : modules;
  const files = await Promise.all([...new Set(paths)].map((path) => subject.text(path)));
  return files.filter(isRead);
}

/** The sources of {@link programSources}, and a TypeScript project's main file. */
export async function programTexts(subject: Subject): Promise<readonly TextFile[]> {
  const found = await programSources(subject);
  const paths = mainFiles(subject, 'typescript').filter((path) => path.endsWith('.ts'));
  const main = await Promise.all(paths.map((path) => subject.text(path)));
  return [...found, ...main.filter(isRead)];
}

function isRead(file: TextFile | null): file is TextFile {
  return file !== null && file.source.text.length <= MOST_BYTES;
}
