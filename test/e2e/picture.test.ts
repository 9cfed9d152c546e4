import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PICTURE, picture } from '../../scripts/picture.ts';
import { sdkPython } from '../toolchain/python.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';

await describeOnUnixWith('the picture in the README', sdkPython, () => {
  it('shows what kplugin prints today (npm run picture draws it anew)', async () => {
    const drawn = await picture();
    expect(drawn).toBe(readFileSync(PICTURE, 'utf8'));
    expect(drawn).toContain('installed');
    expect(drawn.length).toBeLessThan(30_000);
  });
});
