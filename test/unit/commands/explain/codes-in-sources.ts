import ts from 'typescript';

/** Functions whose first argument is a code or an id. */
const TAKES_CODE: ReadonlySet<string> = new Set(['usage', 'remark']);

/** What a code looks like; other things are called `code` as well: pieces of a program, `EISDIR`. */
const CODE = /^[a-z]+(?:-[a-z0-9]+)*$/;

/**
 * The codes and ids that a source has for errors, findings in case files and lines of the doctor. A template gives a
 * pattern: `plugin-${state}` is `plugin-*`.
 */
export function codesIn(source: string): string[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const value of valuesAt(node, file)) found.push(...textsOf(value));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter((text) => CODE.test(text.replace('*', 'x')));
}

function valuesAt(node: ts.Node, file: ts.SourceFile): ts.Expression[] {
  if (ts.isPropertyAssignment(node) && node.name.getText(file) === 'code')
    return [node.initializer];
  if (ts.isPropertyAssignment(node) && node.name.getText(file) === 'rule') {
    return /^'case-/.test(node.initializer.getText(file)) ? [node.initializer] : [];
  }
  if (ts.isVariableDeclaration(node) && /^code$|^RULES_SILENT$/.test(node.name.getText(file))) {
    return node.initializer === undefined ? [] : [node.initializer];
  }
  if (ts.isCallExpression(node) && TAKES_CODE.has(node.expression.getText(file))) {
    return node.arguments.slice(0, 1);
  }
  return [];
}

function textsOf(value: ts.Expression): string[] {
  if (ts.isStringLiteralLike(value)) return [value.text];
  if (ts.isConditionalExpression(value)) {
    return [...textsOf(value.whenTrue), ...textsOf(value.whenFalse)];
  }
  if (ts.isBinaryExpression(value)) return [...textsOf(value.left), ...textsOf(value.right)];
  if (!ts.isTemplateExpression(value)) return [];
  return [value.head.text + value.templateSpans.map(({ literal }) => `*${literal.text}`).join('')];
}
