import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A regular expression of the source, where it stands. */
export interface InSource {
  /** `lint/shell/mask.ts`, from src. */
  readonly file: string;
  /** `/^a+$/m`, or `new RegExp(…)` as it is written. */
  readonly text: string;
  /** Where it is put together when it runs, a letter stands for each part that comes from elsewhere; null where all does. */
  readonly literal: { readonly source: string; readonly flags: string } | null;
}

const SRC = path.join(import.meta.dirname, '../../../src');

/** Every regular expression in src, by the compiler's own reading of the files. */
export function regularExpressions(): readonly InSource[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap(inFile);
}

function inFile(file: string): InSource[] {
  const found: InSource[] = [];
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(SRC, file), 'utf8'),
    ts.ScriptTarget.ES2023,
    true,
  );
  const visit = (node: ts.Node): void => {
    const text = node.getText(source);
    if (ts.isRegularExpressionLiteral(node)) found.push({ file, text, literal: partsOf(text) });
    else if (isMade(node)) found.push({ file, text, literal: madeOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function partsOf(text: string): { source: string; flags: string } {
  const end = text.lastIndexOf('/');
  return { source: text.slice(1, end), flags: text.slice(end + 1) };
}

function madeOf({ arguments: [pattern, flags] = ts.factory.createNodeArray() }: Made) {
  if (pattern === undefined) return null;
  const source = ts.isStringLiteralLike(pattern) ? pattern.text : templateText(pattern);
  if (source === null) return null;
  return { source, flags: flags && ts.isStringLiteralLike(flags) ? flags.text : '' };
}

function templateText(pattern: ts.Expression): string | null {
  if (!ts.isTemplateExpression(pattern)) return null;
  return [pattern.head.text, ...pattern.templateSpans.map(({ literal }) => literal.text)].join('x');
}

type Made = ts.NewExpression | ts.CallExpression;

function isMade(node: ts.Node): node is Made {
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'RegExp'
  );
}
