import { describeLongTexts } from '../../mutation/described-long-texts.ts';

describeLongTexts(20_000);
