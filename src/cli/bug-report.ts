import { readFileSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../lint/printable.ts';
import { KpluginError, REPORT_IT } from '../model/error.ts';
import type { Style } from './output/style.ts';
import { packageRoot } from './package-root.ts';
import { shownArguments } from './shown-arguments.ts';
import { sourceStack } from './source-stack.ts';

/** What the project needs to know of a bug. No text in it can be obeyed by a terminal. */
export interface BugReport {
  /** Where it goes: `bugs` of package.json. */
  readonly address: string;
  readonly version: string;
  /** As in `v22.11.0`. */
  readonly node: string;
  /** As in `linux x64`. */
  readonly platform: string;
  /** What was typed after `kplugin`, without values that may be secret. */
  readonly command: readonly string[];
  /** The stacks of the error and of its causes; places are those of the source. */
  readonly stack: readonly string[];
}

/** What is known of the run that met a bug. */
export interface Run {
  readonly argv: readonly string[];
  readonly version: string;
  /** What must not stand in a report. */
  readonly secrets: readonly string[];
}

/** An error with exit 70 as it is answered: it says where to report it, and `data.report` holds what to send. */
export interface ReportedBug {
  readonly error: KpluginError;
  readonly report: BugReport;
}

/** Describes a bug. Reads package.json and source maps, and throws nothing. */
export function reportedBug(bug: KpluginError, { argv, version, secrets }: Run): ReportedBug {
  const hidden = (text: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '***'), printable(text));
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

/** The report for people, who can copy it as it is. */
export function reportText(report: BugReport, style: Style): string {
  const { address, version, node, platform, command, stack } = report;
  const typed = ['kplugin', ...command].map((one) =>
    /^[\w./:=@*+,-]+$/.test(one) ? one : JSON.stringify(one),
  );
  return [
    '',
    style.bold(`Report this at ${address}`),
    `kplugin ${version}, Node ${node}, ${platform}`,
    `command: ${typed.join(' ')}`,
    ...stack,
    '',
    style.dim('Names and paths of yours may be in it: look before you send it.'),
    '',
  ].join('\n');
}
