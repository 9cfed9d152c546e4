import { describeLongTexts } from './described-long-texts.ts';

describeLongTexts(300_000);
