import { FIRST } from './matrix.ts';
import { describeNetwork } from './network.ts';

await describeNetwork('kpfni', FIRST);
