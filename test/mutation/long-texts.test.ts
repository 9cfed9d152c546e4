import { describeLongTexts } from './described-long-texts.ts';

describeLongTexts(1_000_000);
