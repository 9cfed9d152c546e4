import { EXIT, KpluginError } from '../../model/error.ts';
import { compareText } from '../../model/finding.ts';
import { type JsonNode, memberOf } from '../../model/json/node.ts';
import { fileWord } from '../../model/shell-word.ts';
import { FOLDER_OF, type PluginSymbol } from '../../model/symbol.ts';
import type { Author, Language } from '../answers.ts';
import { symbolProblem } from '../name-check.ts';
import { caseFile, metadataFiles } from '../plan/documents.ts';
import { type NamedSymbol, nameSymbols, type PlannedFile } from '../plan/language-kit.ts';
import { KITS } from '../plan/project.ts';
import type { Templates } from '../templates.ts';
import { type SurveyedFile, survey } from '../write/survey.ts';
import type { Project } from './project.ts';
import {
  type Insertion,
  indentAt,
  insertAll,
  type ManualLine,
  type Registration,
} from './register/insertion.ts';
import { registerGo } from './register/register-go.ts';
import { registerPython } from './register/register-python.ts';
import { registerTypeScript } from './register/register-typescript.ts';

const REGISTER: Record<Language, (text: string, symbol: NamedSymbol) => Registration> = {
  python: registerPython,
  go: registerGo,
  typescript: registerTypeScript,
};

/** An addition compared with the files of the project, ready to be written. */
export interface PreparedAddition {
  readonly files: readonly SurveyedFile[];
  readonly manual: readonly ManualLine[];
}

/** The author and description for a symbol's metadata file. */
export interface AdditionCredits {
  readonly author: Author;
  readonly description: string;
}

/** Plans a symbol and compares the plan with the project. Throws KpluginError (exit 2) when one of its files exists. */
export async function prepareAddition(
  project: Project,
  symbol: PluginSymbol,
  credits: AdditionCredits,
  templates: Templates,
): Promise<PreparedAddition> {
  const plan = planAddition(project, symbol, credits, templates);
  const [own, shared, edited] = await Promise.all(
    [plan.own, plan.shared, plan.edited].map((files) => survey(project.root, files)),
  );
  refuseExisting(own ?? [], symbol);
  // The author may have changed shared files, so existing ones stay unchanged.
  const missing = (shared ?? []).filter(({ state }) => state === 'new');
  const files = [...(own ?? []), ...missing, ...(edited ?? [])];
  return { files: files.sort((a, b) => compareText(a.path, b.path)), manual: plan.manual };
}

function refuseExisting(own: readonly SurveyedFile[], symbol: PluginSymbol): void {
  const existing = own.filter(({ state }) => state !== 'new').map(({ path }) => path);
  if (existing.length === 0) return;
  throw new KpluginError({
    code: 'file-exists',
    exit: EXIT.usage,
    message: `the ${symbol.kind} "${symbol.name}" would overwrite ${existing.join(', ')}`,
    reason: 'add never replaces a file of the project',
    hint: 'move it away, or give the symbol another name',
  });
}

/** The changes that add a symbol to a project. */
interface Addition {
  /** The symbol's own files; none of them may exist yet. */
  readonly own: readonly PlannedFile[];
  /** Files that several symbols share; only missing ones are written. */
  readonly shared: readonly PlannedFile[];
  /** The manifest, and the main program if the registration could be inserted. */
  readonly edited: readonly PlannedFile[];
  /** Lines that the author has to add. */
  readonly manual: readonly ManualLine[];
}

/** Plans the files and edits for a new symbol; pure. Throws KpluginError (exit 2) for an unusable name. */
function planAddition(
  project: Project,
  symbol: PluginSymbol,
  credits: AdditionCredits,
  templates: Templates,
): Addition {
  const named = nameIn(project, symbol);
  const kit = KITS[project.language];
  const registration = register(project, named);
  const main =
    project.main && registration.placed
      ? [{ path: project.main.path, text: registration.text }]
      : [];
  const code = besideMain(project, kit.mainFile);
  return {
    own: [
      ...kit.symbolFiles(named, templates).map(code),
      ...metadataFiles(symbol, { name: project.name, ...credits }, templates),
      caseFile(named, kit, templates),
    ],
    shared: kit.sharedFiles(symbol.kind, templates, project.main?.text ?? '').map(code),
    edited: [...main, { path: project.manifest.path, text: manifestText(project, symbol) }],
    manual: registration.placed ? [] : registration.lines,
  };
}

/** Code goes to the folder of the main program: Python looks for modules there, not in the working directory. */
function besideMain({ main }: Project, usual: string): (file: PlannedFile) => PlannedFile {
  const folder = folderOf(main?.path ?? '');
  const own = folderOf(usual);
  const base = `/${folder}`.endsWith(`/${own}`)
    ? folder.slice(0, folder.length - own.length)
    : folder;
  return (file) => ({ ...file, path: `${base}${file.path}` });
}

/** The folder of a path with its slash; empty for a file in the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function nameIn(project: Project, symbol: PluginSymbol): NamedSymbol {
  const problem = symbolProblem(symbol, project.symbols);
  const named = nameSymbols([...project.symbols, symbol]).at(-1);
  if (problem === null && named) return named;
  throw new KpluginError({
    code: 'invalid-symbol',
    exit: EXIT.usage,
    message: `the ${symbol.kind} "${symbol.name}" ${problem}`,
    hint: 'give it another name',
  });
}

function register(project: Project, symbol: NamedSymbol): Registration {
  const text = project.main?.text ?? '';
  return REGISTER[project.language](text, symbol);
}

function manifestText(project: Project, symbol: PluginSymbol): string {
  const { text, node, path } = project.manifest;
  const edited = addToManifest(text, node, symbol);
  if (edited !== null) return edited;
  throw new KpluginError({
    code: 'manifest-unreadable',
    exit: EXIT.usage,
    message: `the ${symbol.kind}s of ${path} are no array`,
    hint: `kplugin validate ${fileWord(project.root)}\n(shows the place; fix it, then run the same command again)`,
  });
}

type ObjectNode = Extract<JsonNode, { type: 'object' }>;

/**
 * Adds a symbol to its list in the manifest and changes no other byte. The key is found as Go finds it (any letter
 * case, the last of duplicates); null when its value is neither an array nor null.
 */
export function addToManifest(text: string, root: ObjectNode, symbol: PluginSymbol): string | null {
  const key = FOLDER_OF[symbol.kind];
  const name = JSON.stringify(symbol.name);
  const member = memberOf(root, key);
  if (member === null) return insertAll(text, [newMember(text, root, `"${key}": [${name}]`)]);
  const { value } = member;
  if (value.type === 'null')
    return `${text.slice(0, value.start)}[${name}]${text.slice(value.end)}`;
  if (value.type !== 'array') return null;
  const last = value.items.at(-1);
  if (!last) return insertAll(text, [{ at: value.start + 1, text: name }]);
  return insertAll(text, [{ at: last.end, text: `,${gapBefore(text, last)}${name}` }]);
}

function newMember(text: string, root: ObjectNode, member: string): Insertion {
  const last = root.members.at(-1);
  if (!last) return { at: root.start + 1, text: member };
  return { at: last.value.end, text: `,${gapBefore(text, last.keySpan)}${member}` };
}

/** The separator between an item and the one before it: a line of its own, or a space. */
function gapBefore(text: string, { start }: { readonly start: number }): string {
  const before = text.slice(0, start);
  return /\n[ \t]*$/.test(before) ? `\n${indentAt(text, start)}` : ' ';
}
