import { UPDATE_THAT_DIES } from './matrix.ts';
import { describeNetwork } from './network.ts';

await describeNetwork('kpfnd', UPDATE_THAT_DIES);
