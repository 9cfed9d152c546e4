import { describeMutations } from '../../mutation/described.ts';

describeMutations(300, 1, 1);
