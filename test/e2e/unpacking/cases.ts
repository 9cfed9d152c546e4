import type { UnpackCase } from './case.ts';
import { CONTAINERS, ENTRIES } from './containers.ts';
import { FOLDERS, SYMBOLS } from './folders.ts';
import { MANIFESTS, SCRIPTS } from './manifests.ts';
import { MODES, TWICE } from './modes.ts';
import { NAMES, PROGRAMS } from './names.ts';

/** Every zip that a real eKuiper was given. */
export const UNPACK_CASES: readonly UnpackCase[] = [
  ...FOLDERS,
  ...SYMBOLS,
  ...NAMES,
  ...PROGRAMS,
  ...MODES,
  ...TWICE,
  ...MANIFESTS,
  ...SCRIPTS,
  ...ENTRIES,
  ...CONTAINERS,
];
