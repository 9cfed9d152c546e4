import type { HostInfo } from '../../client/answers.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { AMBIGUOUS, ambiguousFindings } from '../../lint/lint.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import { ownValue } from '../../model/json/node.ts';
import { isUrl, pluginAt, shellWord, sourceArgument } from '../../model/shell-word.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Collision, InstallPlan } from '../change/plan.ts';
import { listedUses } from '../rules/rule-sentences.ts';
import type { Candidate } from './obtain.ts';

/** The host and the package, for messages and commands. */
interface GateContext {
  readonly host: string;
  readonly info: HostInfo;
  /** The directory, zip or URL as typed. */
  readonly source: string;
}

const SHOWN = 8;

/**
 * Refuses a zip that can be read in two ways, even with --force: what eKuiper unpacks may differ from what was
 * validated and shown. Throws exit 1 with its findings; nothing was sent yet.
 */
export function refuseAmbiguous(candidate: Candidate): void {
  const ambiguous = ambiguousFindings(candidate.findings);
  if (ambiguous.length === 0) return;
  throw new KpluginError({
    code: 'package-ambiguous',
    exit: EXIT.findings,
    message: `${AMBIGUOUS.message}; nothing was sent`,
    reason: [...ambiguous.slice(0, SHOWN).map(findingLine), ...more(ambiguous.length)].join('\n'),
    hint: `${AMBIGUOUS.hint}\n(--force does not change this)`,
    findings: candidate.findings,
  });
}

/**
 * Refuses a package that this host's eKuiper would reject or could not start. Throws exit 1 with its findings; nothing
 * was sent yet.
 */
export function refuseFaulty(candidate: Candidate, context: GateContext): void {
  refuseErrors(candidate, context);
  refuseForeign(candidate, context);
}

function refuseErrors(candidate: Candidate, { info, host, source }: GateContext): void {
  const errors = candidate.findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return;
  throw new KpluginError({
    code: 'plugin-has-errors',
    exit: EXIT.findings,
    message: `the package has ${errors.length === 1 ? 'an error' : `${errors.length} errors`} for eKuiper ${info.version} on ${host}; nothing was sent`,
    reason: [...errors.slice(0, SHOWN).map(findingLine), ...more(errors.length)].join('\n'),
    hint: `kplugin validate ${sourceArgument(source)} --target ${info.target}\n(--force installs it all the same)`,
    findings: candidate.findings,
  });
}

/** The warnings of `validate` for this host's eKuiper, to be shown before anything is sent. */
export function packageWarnings(
  { findings }: Candidate,
  { info, source }: Pick<GateContext, 'info' | 'source'>,
): string[] {
  const found = findings.filter(({ severity }) => severity !== 'info');
  if (found.length === 0) return [];
  return [
    ...found.slice(0, SHOWN).map((one) => `${one.severity} in the package: ${findingLine(one)}`),
    ...more(found.length),
    `what to do about it: kplugin validate ${sourceArgument(source)} --target ${info.target}`,
  ];
}

function findingLine({ file, line, message, rule }: Finding): string {
  return plainLine(`${file}${line === null ? '' : `:${line}`}: ${message} (${rule})`);
}

function more(count: number): string[] {
  return count > SHOWN ? [`and ${count - SHOWN} more`] : [];
}

/** Architectures that also run programs built for another one. */
const ALSO_RUNS: Readonly<Record<string, readonly string[]>> = { amd64: ['386'] };

function refuseForeign(candidate: Candidate, { info, host, source }: GateContext): void {
  const { findings } = candidate;
  const { arch: machine, executable } = candidate.identity;
  if (machine === null || info.arch === null || machine === info.arch) return;
  if (ownValue(ALSO_RUNS, info.arch)?.includes(machine)) return;
  throw new KpluginError({
    code: 'wrong-architecture',
    exit: EXIT.findings,
    message: `${executable} is built for ${machine}, and ${host} is ${info.arch}; nothing was sent`,
    reason: 'eKuiper could not start it: exec format error',
    hint: `build it for the host: kplugin pack ${/\.zip$/i.test(source) || isUrl(source) ? '<dir>' : sourceArgument(source)} --arch ${shellWord(info.arch)}`,
    findings,
  });
}

/** Throws exit 3 when a symbol belongs to another plugin of the host. */
export function refuseCollisions(collisions: readonly Collision[], host: string): void {
  const first = collisions[0];
  if (first === undefined) return;
  const names = collisions.map(
    ({ symbol, owner }) => `${symbol.kind} ${symbol.name} belongs to plugin ${owner}`,
  );
  throw new KpluginError({
    code: 'symbol-taken',
    exit: EXIT.host,
    message: `${names.join('; ')} on ${host}; nothing was sent`,
    reason:
      'eKuiper does not check that: the last one wins, functions would share one socket, and removing either plugin takes the symbol away from both',
    hint: `rename the symbol, or kplugin remove ${pluginAt(first.owner, host)}\n(--force installs it all the same)`,
  });
}

/** Throws exit 3 when rules use symbols of the installed plugin that the new version lacks. */
export function refuseLost(
  { uses, changes }: Pick<InstallPlan, 'uses' | 'changes'>,
  host: string,
): void {
  const isLost = ({ kind, name }: PluginSymbol): boolean =>
    changes?.removed.some((one) => one.kind === kind && one.name === name) ?? false;
  const losing = uses
    .map((use) => ({ ...use, symbols: use.symbols.filter(isLost) }))
    .filter(({ symbols }) => symbols.length > 0);
  const [first] = losing;
  if (first === undefined) return;
  const count = losing.length === 1 ? '1 rule uses' : `${losing.length} rules use`;
  throw new KpluginError({
    code: 'used-symbol-missing',
    exit: EXIT.host,
    message: `${count} on ${host} what this package no longer has: ${listedUses(losing)}; nothing was sent`,
    reason:
      'eKuiper would install it all the same, and such a rule would go on saying running without rows, or stop',
    hint: `put the symbol back into the package, or change ${losing.length === 1 ? `rule ${first.rule}` : 'those rules'} first\n(--force installs it all the same)`,
  });
}
