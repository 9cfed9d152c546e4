import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT, KpluginError, REPORT_IT } from '../model/error.ts';
import { printable } from '../model/printable.ts';
import type { Globals } from './context.ts';
import { failureView, sourceStack } from './failure.ts';
import { packageRoot } from './folders.ts';
import { envelope } from './outcome.ts';
import { type OutputFormat, textOf } from './output/render.ts';
import { bold, dim, type View } from './output/view.ts';

const MASK = '***';

/** The run that failed, as far as it is known. */
export interface FailedRun {
  readonly run: Run;
  /** Null when the command line could not be parsed. */
  readonly command: string | null;
  readonly globals: Globals;
  /** The `data` of the envelope; left out: null. */
  readonly data?: unknown;
}

/** The facts of the run that a bug report needs. */
interface Run {
  readonly argv: readonly string[];
  readonly version: string;
  /** Texts that must be masked in the report. */
  readonly secrets: readonly string[];
}

/**
 * The output for an error: under `--json` the envelope for stdout, else text for stderr. For a bug (exit 70) it
 * includes the bug report.
 */
export function failureOutput(
  error: KpluginError,
  failed: FailedRun,
  format: OutputFormat,
): string {
  const { run, command, globals } = failed;
  const bug = error.exit === EXIT.bug ? reportedBug(error, run) : null;
  const answered = bug?.error ?? error;
  if (globals.json) return `${JSON.stringify(envelope(command, failed.data, answered))}\n`;
  // The bug report already includes the stack.
  const view = failureView(answered, globals.verbose && bug === null);
  return textOf(bug === null ? view : [view, reportView(bug.report)], format);
}

/** The contents of a bug report. Its texts have no control characters. */
interface BugReport {
  /** Where to send it: `bugs` of package.json. */
  readonly address: string;
  readonly version: string;
  /** As in `v22.11.0`. */
  readonly node: string;
  /** As in `linux x64`. */
  readonly platform: string;
  /** The arguments after `kplugin`, with possible secrets masked. */
  readonly command: readonly string[];
  /** The stacks of the error and of its causes, with positions in the source instead of the bundle. */
  readonly stack: readonly string[];
}

/** An error with exit 70, with the hint where to report it and the report in `data.report`. */
interface ReportedBug {
  readonly error: KpluginError;
  readonly report: BugReport;
}

/** Builds the bug report. Reads package.json and source maps; never throws. */
function reportedBug(bug: KpluginError, { argv, version, secrets }: Run): ReportedBug {
  const hidden = (text: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, MASK), printable(text));
  const { code, exit, message, reason, hint, findings, notes, cause } = bug;
  const thrown = code === 'bug' && cause instanceof Error ? cause : bug;
  const report: BugReport = {
    address: bugsAddress(),
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    command: shownArguments(argv).map(hidden),
    stack: sourceStack(thrown, packageRoot()).map(hidden),
  };
  const sending = `report it at ${report.address} with version, command and stack`;
  const error = new KpluginError({
    code,
    exit,
    message: hidden(message),
    ...(reason === null ? {} : { reason }),
    hint: hint === REPORT_IT ? sending : hint,
    findings,
    notes,
    data: { ...bug.data, report },
    cause,
  });
  return { error, report };
}

function bugsAddress(): string {
  try {
    const { bugs } = JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8'));
    return String(bugs.url);
  } catch {
    return 'the kplugin project';
  }
}

/** The bug report as text to copy. */
function reportView(report: BugReport): View {
  const { address, version, node, platform, command, stack } = report;
  const typed = ['kplugin', ...command].map((one) =>
    /^[\w./:=@*+,-]+$/.test(one) ? one : JSON.stringify(one),
  );
  return {
    lines: [
      bold(`Report this at ${address}`),
      `kplugin ${version}, Node ${node}, ${platform}`,
      `command: ${typed.join(' ')}`,
      ...stack,
      '',
      dim('Names and paths of yours may be in it: look before you send it.'),
    ],
  };
}

/**
 * The arguments for a bug report, masked: passwords and queries in URLs, values of settings (`NAME=value`), flags that
 * take a secret, and tokens.
 */
export function shownArguments(argv: readonly string[]): string[] {
  return argv.map((argument, index) => {
    if (takesSecret(argv[index - 1] ?? '')) return MASK;
    if (!argument.startsWith('-')) return shownValue(argument);
    const at = argument.indexOf('=');
    if (at < 0) return printable(argument);
    const flag = argument.slice(0, at);
    return `${printable(flag)}=${takesSecret(flag) ? MASK : shownValue(argument.slice(at + 1))}`;
  });
}

function takesSecret(flag: string): boolean {
  return (
    /^--.*(header|token|secret|password|passphrase|credential)/i.test(flag) && !/file$/i.test(flag)
  );
}

function shownValue(value: string): string {
  const setting = /^[A-Za-z_][\w.-]*=/.exec(value);
  if (setting) return `${printable(setting[0])}${MASK}`;
  // The first part of a signed token (JWT) is Base64 of JSON, which begins with `{"`.
  if (/^eyJ[\w-]+\.[\w-]+\./.test(value)) return MASK;
  return printable(shownAddress(value));
}

/** `http://user:password@host/x?signature=y` becomes `http://***@host/x?***`. */
function shownAddress(value: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const rest = value.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  const hasLogin = at > 0 && (scheme !== '' || rest.slice(0, at).includes(':'));
  const place = hasLogin ? `${MASK}${rest.slice(at)}` : rest;
  const query = scheme === '' ? -1 : place.search(/[?#]/);
  return `${scheme}${query < 0 ? place : `${place.slice(0, query)}?${MASK}`}`;
}
