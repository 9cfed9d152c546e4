import { executablePath } from '../executable-value.ts';
import { readManifest } from '../manifest.ts';
import type { Subject, TextFile } from '../subject.ts';
import type { ProgramConfig } from './config.ts';
import { readGoConfig } from './go-config.ts';
import { readPythonConfig } from './python-config.ts';

/** The main program's source and what it registers with the SDK. */
export interface MainProgram {
  readonly language: 'go' | 'python';
  readonly file: TextFile;
  readonly config: ProgramConfig;
}

/** Nobody writes a main program longer than that by hand. In characters. */
const MOST_CHARACTERS = 256 * 1024;

const programs = new WeakMap<Subject, Promise<MainProgram | null>>();

/**
 * Finds the main program: the executable of a Python plugin, the usual file of a Go project. Null when it is not there
 * (a zip holds no Go source) or does not write out its `PluginConfig`.
 */
export function mainProgramOf(subject: Subject): Promise<MainProgram | null> {
  const known = programs.get(subject) ?? findMainProgram(subject);
  programs.set(subject, known);
  return known;
}

async function findMainProgram(subject: Subject): Promise<MainProgram | null> {
  const language = readManifest(subject)?.info.language;
  if (language !== 'go' && language !== 'python') return null;
  const read = language === 'go' ? readGoConfig : readPythonConfig;
  for (const path of mainFiles(subject, language)) {
    const file = await subject.text(path);
    if (!file || file.source.text.length > MOST_CHARACTERS) continue;
    const config = read(file.source.text);
    if (config) return { language, file, config };
  }
  return null;
}

/** Where the main program's source may lie, most likely first. */
export function mainFiles(subject: Subject, language: 'go' | 'python'): readonly string[] {
  const executable = executablePath(subject);
  if (language === 'python') return executable === null ? [] : [executable];
  const { name, view } = subject;
  if (view.form === 'zip') return [];
  return ['main.go', `${name}.go`, 'plugin.go', `cmd/${name}/main.go`, 'cmd/main.go'];
}
