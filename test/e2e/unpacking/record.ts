import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ask, type Unpacked } from './ask.ts';
import { UNPACK_CASES } from './cases.ts';

/**
 * Gives every zip to a server and writes down what it did:
 * `node --import tsx test/e2e/unpacking/record.ts <url> <home of that server> <file>`, both with umask 0.
 */
const [url = '', home = '', file = ''] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'unz-'));
const recorded: Record<string, Unpacked> = {};
for (const one of UNPACK_CASES) recorded[one.id] = await ask({ url, home, folder }, one);
writeFileSync(file, `${JSON.stringify(recorded, null, 1)}\n`);
rmSync(folder, { recursive: true });
