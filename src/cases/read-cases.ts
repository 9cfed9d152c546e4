import type { Finding } from '../model/finding.ts';
import type { SourceText } from '../model/source-text.ts';
import type { PluginSymbol } from '../model/symbol.ts';
import type { Case, CheckPlan } from './case.ts';

export interface CaseFiles {
  /** Relative to the project, sorted; empty when there is no `tests` folder. */
  readonly files: readonly string[];
  /** As they are written, file by file; those with mistakes are left out. */
  readonly cases: readonly Case[];
  readonly checkPlan: CheckPlan;
  /** Every mistake of all files, in reading order; with any, nothing should be run. */
  readonly mistakes: readonly Finding[];
  /** The texts that mistakes point into, by file. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

export interface ReadOptions {
  /** Where the files lie, absolute: `<project>/tests`. */
  readonly directory: string;
  /** What files are called in messages: `tests`. */
  readonly label: string;
  /** What the manifest declares; null: names are not compared. */
  readonly symbols: readonly PluginSymbol[] | null;
}

/** Reads `*.yaml`, `*.yml` and `*.json` of a folder; what is wrong in them is data. Throws when it cannot be listed. */
export function readCases(_options: ReadOptions): Promise<CaseFiles> {
  return Promise.reject(new Error('not yet'));
}
