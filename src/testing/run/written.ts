import { open } from 'node:fs/promises';
import { parseForeignJson, TooDeepError } from '../../model/json/bounded.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import type { WrittenFile } from '../case.ts';
import { differenceOf, matches } from '../expect/match.ts';
import type { Pattern } from '../expect/pattern.ts';
import { showValue } from '../expect/show.ts';
import type { Difference } from '../result.ts';
import type { Fill } from './placeholders.ts';

/** Bytes of a file that are looked at. */
const MOST_BYTES = 16 * 1024 * 1024;

/** In what a file is not as the case says; null when it is. Never throws. */
export async function writtenDifference(
  { file, content }: WrittenFile,
  fill: Fill,
  path: string,
): Promise<Difference | null> {
  const text = await textOf(fill.text(file));
  if (typeof text !== 'string') {
    return { path: `${path}.file`, expected: fill.text(file), received: text.problem };
  }
  switch (content.is) {
    case 'lines': {
      const items = content.lines.map((line) => fill.pattern(line));
      const lines = linesOf(text).map((line, index) => asExpected(line, items[index]));
      return differenceOf({ is: 'list', items }, lines, `${path}.lines`);
    }
    case 'text':
      return differenceOf(fill.pattern(content.text), text, `${path}.text`);
    case 'json':
      return jsonDifference(fill.pattern(content.json), text, `${path}.json`);
    case 'contains': {
      const missing = content.texts.map((one) => fill.text(one)).find((one) => !text.includes(one));
      if (missing === undefined) return null;
      const expected = `a file with ${JSON.stringify(missing)}`;
      return { path: `${path}.contains`, expected, received: showValue(text) };
    }
  }
}

/** A line that is to be an object, a list or a number is read as JSON; one that is to be a text stays one. */
function asExpected(line: string, pattern: Pattern | undefined): unknown {
  if (pattern === undefined || matches(pattern, line)) return line;
  if (pattern.is === 'equal' && typeof pattern.value === 'string') return line;
  try {
    const value: unknown = parseForeignJson(line);
    return value;
  } catch {
    return line;
  }
}

function jsonDifference(pattern: Pattern, text: string, path: string): Difference | null {
  try {
    const value: unknown = parseForeignJson(text);
    return differenceOf(pattern, value, path);
  } catch (thrown) {
    const expected = thrown instanceof TooDeepError ? `JSON; ${thrown.message}` : 'JSON';
    return { path, expected, received: showValue(text) };
  }
}

/** Lines without their ends; a line end at the very end begins no further line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function textOf(file: string): Promise<string | { readonly problem: string }> {
  const handle = await open(file, 'r').catch(nullUnlessLimit);
  if (handle === null) return { problem: 'no such file' };
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.min(size, MOST_BYTES)),
      0,
      Math.min(size, MOST_BYTES),
      0,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await handle.close();
  }
}
