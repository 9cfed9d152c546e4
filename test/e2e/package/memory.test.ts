import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders, writeTree } from '../../fixtures/tree.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const folder = temporaryFolders();
const GIBIBYTE = 1024 ** 3;
const INCOMPRESSIBLE = 16 * 1024 ** 2;
const LIMIT_KIB = 200 * 1024;

/** Loaded before kplugin: writes the process's own peak memory (KiB) to a file when it ends. */
const PROBE = `
import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
`;

function peakOf(args: readonly string[]): { code: number | null; kibibytes: number } {
  const work = writeTree(folder(), { 'probe.mjs': PROBE });
  const PEAK_FILE = join(work, 'peak');
  const probe = pathToFileURL(join(work, 'probe.mjs')).href;
  const { status } = spawnSync(process.execPath, ['--import', probe, BIN, ...args], {
    env: cleanEnv({ PEAK_FILE }),
    stdio: 'ignore',
  });
  return { code: status, kibibytes: Number(readFileSync(PEAK_FILE, 'utf8')) };
}

describeOnUnix('memory stays flat', () => {
  it('over a file of 1 GiB, packed and read', () => {
    const project = folder(GOOD_PROJECT);
    const fd = openSync(join(project, 'model.bin'), 'w');
    // Nothing but zeros would be refused as a bomb.
    writeSync(fd, randomBytes(INCOMPRESSIBLE));
    ftruncateSync(fd, GIBIBYTE);
    closeSync(fd);
    const target = join(folder(), 'x.zip');
    const packing = peakOf(['pack', project, '-o', target]);
    expect(packing.code).toBe(0);
    expect(packing.kibibytes).toBeLessThan(LIMIT_KIB);
    expect(statSync(target).size).toBeGreaterThan(GIBIBYTE / 1100);
    const comparing = peakOf(['pack', project, '-o', target, '--check']);
    expect(comparing.code).toBe(0);
    expect(comparing.kibibytes).toBeLessThan(LIMIT_KIB);
  });
});
