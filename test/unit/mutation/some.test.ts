import { describeMutations } from '../../mutation/described.ts';

describeMutations(400, 1, 1);
