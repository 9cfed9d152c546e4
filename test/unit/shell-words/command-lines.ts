import ts from 'typescript';
import { type Command, type Flag, type Flags, kebab } from '../../../src/cli/command.ts';
import { GLOBAL_FLAGS } from '../../../src/cli/shared-flags.ts';

/** Programs of others that lines begin with. */
const PROGRAMS =
  /^(?:curl|chmod|rm|mv|cp|scp|docker|pip|python3?|npm|npx|go (?:build|test|get|mod|run|vet|install)|git|grep|kill|openssl|iconv|sed) \S/;
/** In a command of another program these begin a sentence. */
const PROSE =
  /, (?!\S*=)|; | \(|: | (?:and|or|shows|tells|says|lists|prints|makes|which|then|with the) /;
/** What a defect of eKuiper means for kplugin, what a finding does, and in rules the bad example with a remark. */
const SENTENCES: ReadonlySet<string> = new Set(['kplugin', 'effect', 'bad', 'details']);
/** Where a template has a value. */
const VALUE = '‹x›';

/**
 * The lines of all texts in a source that begin with a command and go on with something that is none of it; not those
 * of properties that hold sentences about kplugin.
 */
export function brokenLines(source: string, commands: readonly Command[]): string[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const broken: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && SENTENCES.has(node.name.getText(file))) return;
    const text = textOf(node);
    for (const line of text?.split('\n') ?? []) if (!runs(line, commands)) broken.push(line);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return broken;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce(
    (text, { literal }) => text + VALUE + literal.text,
    node.head.text,
  );
}

/** Whether a line is no command, or one that runs when it is copied and its `<blanks>` are filled in. */
export function runs(line: string, commands: readonly Command[]): boolean {
  if (PROGRAMS.test(line)) return !PROSE.test(withoutQuotes(line));
  if (!line.startsWith('kplugin ')) return true;
  const rest = withoutQuotes(line.slice('kplugin '.length)).replace(/<[^<>]*>/g, VALUE);
  const command = commands
    .filter(({ name }) => rest === name || rest.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (command === undefined) return true;
  return fits(command, rest.slice(command.name.length).split(/ +/).filter(Boolean));
}

/** Whether the words are flags of the command, their values, and no more arguments than it takes. */
function fits({ args, flags }: Command, words: readonly string[]): boolean {
  const known = new Map(valueFlags({ ...GLOBAL_FLAGS, ...flags }));
  const most = args.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : args.length;
  let places = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-' || word === '--') {
      if (word !== '--') places += 1;
      if (/[,;:]$|^[(]/.test(word) || PLAIN_PROSE.has(word)) return false;
      continue;
    }
    const [name = ''] = word.split('=');
    const takesValue = known.get(name);
    if (takesValue === undefined) return false;
    if (takesValue && !word.includes('=')) at += 1;
  }
  return places <= most;
}

/** Words that stand behind a command whose number of arguments has no end. */
const PLAIN_PROSE: ReadonlySet<string> = new Set(
  'a and does in is it lists not of or prints runs says shows tells that the their this which with …'.split(
    ' ',
  ),
);

function valueFlags(flags: Flags): [string, boolean][] {
  return Object.entries<Flag>(flags).flatMap(([key, flag]): [string, boolean][] => {
    const takesValue = flag.kind !== 'switch';
    const short = 'short' in flag && flag.short !== undefined ? [`-${flag.short}`] : [];
    return [`--${kebab(key)}`, `--no-${kebab(key)}`, ...short].map((name) => [name, takesValue]);
  });
}

/** A text in quotes is one word, whatever it says. */
function withoutQuotes(line: string): string {
  return line.replace(/'[^']*'|"[^"]*"/g, VALUE);
}
