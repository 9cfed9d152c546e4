import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readSecret } from '../../../../src/client/auth/credentials.ts';
import { scratch } from './keys.ts';

it('reads a secret whole', async () => {
  const file = path.join(await scratch(), 'token');
  await writeFile(file, 'x'.repeat(64 * 1024));
  expect((await readSecret(file, 'token file')).text).toHaveLength(64 * 1024);
});

it('refuses what is longer, and says that this is a limit of kplugin', async () => {
  const file = path.join(await scratch(), 'token');
  await writeFile(file, '');
  await truncate(file, 900 * 1024 ** 2);
  await expect(readSecret(file, 'token file')).rejects.toMatchObject({
    exit: 2,
    reason: 'it is much too long for one: kplugin reads at most 64 KiB of such a file',
  });
});

it.runIf(process.platform === 'linux')('and what has no size and no end', async () => {
  await expect(readSecret('/proc/self/pagemap', 'key file')).rejects.toMatchObject({ exit: 2 });
});
