import type { Sample } from '../sample.ts';
import { FUNCTIONS } from './functions.ts';
import { PACKAGES } from './packages.ts';
import { PROCESSES } from './processes.ts';
import { SHELL } from './shell.ts';
import { SINKS } from './sinks.ts';
import { SOURCES } from './sources.ts';
import { TYPESCRIPT } from './typescript.ts';

/** All plugins of the corpus. */
export const SAMPLES: readonly Sample[] = [
  ...FUNCTIONS,
  ...SOURCES,
  ...SINKS,
  ...PROCESSES,
  ...PACKAGES,
  ...TYPESCRIPT,
  ...SHELL,
];
