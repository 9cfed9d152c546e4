import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { PythonParser, PythonSource, PythonVerdict } from '../lint/subject/python-parser.ts';
import { isInside, plainEnvironment, trustedFolders } from '../model/child-process.ts';
import { parseForeignJson } from '../model/json/bounded.ts';
import type { Context } from './context.ts';
import { pathPython } from './find-python.ts';

/**
 * Reads sources from stdin and parses each; prints the version and the errors as JSON. Nothing is run or imported but
 * three modules of Python itself. A file that only this Python's limits refuse is left out.
 */
const PARSE = `
import ast, json, sys
flaws = []
for path, text in json.load(sys.stdin):
    try:
        ast.parse(text)
    except SyntaxError as error:
        flaws.append([path, type(error).__name__, str(error.msg), error.lineno])
    except (ValueError, RecursionError, MemoryError):
        pass
print(json.dumps(["%d.%d" % sys.version_info[:2], flaws]))
`;

const TIMEOUT_MS = 10_000;
const OUTPUT_LIMIT = 256 * 1024;

/**
 * The Python on the PATH, to which sources are given as text. One in the directory of the plugin, or in the current one,
 * is not started: a cloned project may bring its own. `plugin`: the absolute path of the project or zip.
 */
export function pythonParser(
  plugin: string,
  { env, cwd }: Pick<Context, 'env' | 'cwd'>,
): PythonParser {
  const isRoot = path.dirname(cwd) === cwd;
  const places = isRoot ? [plugin] : [plugin, cwd];
  return async (sources) => {
    const program = await pathPython(trustedFolders(env['PATH'] ?? ''));
    if (program === null) return null;
    const real = await realpath(program).catch(() => program);
    if (places.some((place) => isInside(program, place) || isInside(real, place))) return null;
    return verdictIn(await ran(program, sources, env));
  };
}

function ran(
  program: string,
  sources: readonly PythonSource[],
  env: Context['env'],
): Promise<string> {
  const cwd = process.platform === 'win32' ? (env['SystemRoot'] ?? 'C:\\Windows') : '/';
  const limits = { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_LIMIT };
  return new Promise((resolve) => {
    const child = execFile(
      program,
      ['-I', '-c', PARSE],
      { ...limits, cwd, env: plainEnvironment(env), windowsHide: true },
      (error, stdout) => resolve(error === null ? stdout : ''),
    );
    child.stdin?.on('error', () => undefined);
    const texts = sources.map((one) => [one.path, one.text.replace(/^\ufeff/, '')]);
    child.stdin?.end(JSON.stringify(texts));
  });
}

function verdictIn(out: string): PythonVerdict | null {
  let answer: unknown;
  try {
    answer = parseForeignJson(out);
  } catch {
    return null;
  }
  const [version, flaws] = Array.isArray(answer) ? answer : [];
  if (typeof version !== 'string' || !Array.isArray(flaws)) return null;
  return { version, flaws: flaws.flatMap(flawIn) };
}

function flawIn(value: unknown): PythonVerdict['flaws'] {
  const [file, error, message, line] = Array.isArray(value) ? value : [];
  if (![file, error, message].every((text) => typeof text === 'string')) return [];
  return [{ path: file, error, message, line: typeof line === 'number' && line > 0 ? line : null }];
}
