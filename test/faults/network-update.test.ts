import { UPDATE } from './matrix.ts';
import { describeNetwork } from './network.ts';

await describeNetwork('kpfnu', UPDATE);
