import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  NO_CHECK_PLAN,
  PluginLog,
  runSuite,
  type SuiteOptions,
  type SuiteReport,
} from '../../../../src/testing/run-suite.ts';
import { readFiles } from '../read/read-text.ts';
import { type Script, ScriptedHost } from './scripted-host.ts';

export interface Ran extends SuiteReport {
  readonly host: ScriptedHost;
}

/** Runs the cases of a YAML text against a scripted host. */
export async function runYaml(
  text: string,
  script: Script | ((log: PluginLog) => Script),
  options: Partial<SuiteOptions> = {},
): Promise<Ran> {
  const { cases, mistakes } = await readFiles({ 'a.yaml': text }, null);
  const [first] = mistakes;
  if (first) throw new Error(first.message);
  const scratch = mkdtempSync(path.join(tmpdir(), 'kplugin-suite-'));
  const log = new PluginLog();
  const host = new ScriptedHost(typeof script === 'function' ? script(log) : script);
  try {
    const report = await runSuite({
      host,
      log,
      plugin: 'demo',
      target: '2.4',
      project: '/project',
      python: 'python3',
      commands: { folder: tmpdir(), env: { PATH: process.env['PATH'] } },
      cases,
      checks: [],
      checkPlan: NO_CHECK_PLAN,
      parallel: 4,
      withinMs: 5_000,
      handshakeLimitMs: 1_000,
      scratch,
      signal: new AbortController().signal,
      now: () => performance.now(),
      ...options,
    });
    return { ...report, host };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `passed`, or what went wrong, in one line for each result. */
export function told({ results }: SuiteReport): string[] {
  return results.map(({ name, outcome, message, difference }) => {
    const found = difference
      ? `${difference.path}: ${difference.expected} <> ${difference.received}`
      : message;
    return [name, outcome, found].filter((part) => part !== '').join(' | ');
  });
}
