import { describeLongTexts } from '../../mutation/described-long-texts.ts';

describeLongTexts(100_000);
