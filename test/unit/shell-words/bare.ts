import ts from 'typescript';

/** A value that stands in a shell command as it is. */
export interface Bare {
  /** 1-based. */
  readonly line: number;
  /** The command up to the value. */
  readonly command: string;
  /** The source text of the value. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Programs that hints name, besides kplugin with one of its commands. */
const PROGRAMS = 'curl|chmod|rm|scp|docker cp|pip install|grep|kill';

/** A value behind a flag is part of a command wherever it stands. */
const FLAG = /--[a-z][a-z-]+[ =]$/;

/** What ends a command inside a sentence. */
const ENDS = /[;,)\n]|: | \(/;

/** Finds the values in template literals of a file that belong to a command for a shell and are not quoted for it. */
export function bareValues(source: string, commands: readonly string[]): Bare[] {
  const begin = new RegExp(
    `(?:^|[\\s:('"\`|])((?:kplugin (?:${commands.join('|')})|${PROGRAMS})\\b)`,
    'g',
  );
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found: Bare[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node)) found.push(...inTemplate(node, file, begin));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function inTemplate(node: ts.TemplateExpression, file: ts.SourceFile, begin: RegExp): Bare[] {
  let text = node.head.text;
  const found: Bare[] = [];
  for (const { expression, literal } of node.templateSpans) {
    const last = [...text.matchAll(begin)].at(-1);
    const flag = FLAG.exec(text);
    const command = flag !== null ? flag[0] : last === undefined ? null : text.slice(last.index);
    if (command !== null && !ENDS.test(command) && !isQuoted(expression)) {
      const start = expression.getStart(file);
      found.push({
        line: file.getLineAndCharacterOfPosition(start).line + 1,
        command: command.trim(),
        value: expression.getText(file),
        start,
        end: expression.getEnd(),
      });
    }
    text += `‹x›${literal.text}`;
  }
  return found;
}

/** `shellWord(x)`, and functions that end in it. */
function isQuoted(expression: ts.Expression): boolean {
  return (
    ts.isCallExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    /^(shellWord|shellWordOr|fileWord|pluginAt|sourceArgument)$/.test(expression.expression.text)
  );
}
