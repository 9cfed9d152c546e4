import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../bin/run.ts';

const READS = /(?<![#.\w])(?:readFile|readFileSync|createReadStream)\(/g;

/** What kplugin itself brings, what the kernel says, and what ends where a size that was asked for ends. */
const BOUNDED: readonly string[] = [
  'cli/failure-output.ts',
  'cli/failure.ts',
  'cli/foreign-arguments.ts',
  'cli/secret-environment.ts',
  'commands/schema/run.ts',
  'commands/serve/plugin-environment.ts',
  'deploy/install/obtain.ts',
  'emulator/runtime/run/symbol-sockets.ts',
  'hosts/edit-hosts.ts',
  'package/files/content.ts',
  'package/inspect.ts',
  'package/write-package.ts',
  'scaffold/templates.ts',
];

it('files of others are read by readers with a limit', () => {
  const reading = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(path.join(ROOT, 'src', file), 'utf8')] as const)
    .filter(([, text]) => /from 'node:fs(?:\/promises)?'/.test(text))
    .filter(([, text]) => [...text.matchAll(READS)].length > 0)
    .map(([file]) => file.split(path.sep).join('/'))
    .sort();
  expect(reading).toEqual(BOUNDED);
});
