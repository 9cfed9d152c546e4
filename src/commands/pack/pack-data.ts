import { modeText } from '../../cli/output/size.ts';
import type { Decision } from '../../package/plan/plan.ts';
import type { Prepared } from '../../package/prepare.ts';
import { strictDecisions } from '../../package/strict-decisions.ts';
import type { WrittenZip } from '../../package/write/write-zip.ts';

/** The plugin's identity in `--json`. */
export function identityData({ identity }: Pick<Prepared, 'identity'>): Record<string, unknown> {
  const { name, version, language, executable, arch } = identity;
  return { name, version, language, executable, arch };
}

/** The plan in `--json`. */
export function planData(prepared: Prepared): Record<string, unknown> {
  const entries = prepared.plan.entries.map(({ path, kind, mode, size }) => ({
    path,
    kind,
    mode: modeText(mode),
    size,
  }));
  return {
    ...identityData(prepared),
    fileName: prepared.fileName,
    entries,
    ...strictData(prepared),
  };
}

/**
 * Files excluded as possible secrets, files that are packed because an ignore line asks for it, and files that were
 * searched only in part.
 */
export function strictData({ plan, identity }: Prepared): Record<string, unknown> {
  const decisions = strictDecisions(plan, identity.name);
  return {
    leftOut: decisions.filter(({ verdict }) => !verdict.packed).map(plain),
    packedOnRequest: decisions.filter(({ verdict }) => verdict.packed).map(plain),
    searchedInPart: plan.searchedInPart,
  };
}

function plain({ path, verdict: { list, line, rule, reason } }: Decision): object {
  return { path, list, line, rule, reason };
}

/** The package in `--json`; sizes in bytes, digests in hex. */
export function zipData(zip: WrittenZip): Record<string, unknown> {
  const { size, unpackedSize, sha256, contentDigest } = zip;
  const entries = zip.entries.map((entry) => ({ ...entry, mode: modeText(entry.mode) }));
  return { size, unpackedSize, sha256, contentDigest, entries };
}
