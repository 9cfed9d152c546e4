import { describeMutations } from './described.ts';

/** Of all: two files, so that two cores share the work. */
const COUNT = Number(process.env['KPLUGIN_MUTATIONS'] ?? 100_000);

describeMutations(COUNT / 2, 20_261_100, 5);
