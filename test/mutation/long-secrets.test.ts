import { describe } from 'vitest';
import { describeLongSecrets } from './described-long-secrets.ts';

describe('texts', () => {
  describeLongSecrets();
});
