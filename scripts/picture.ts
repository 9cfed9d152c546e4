import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sdkPython } from '../test/toolchain/python.ts';
import { session } from './picture/session.ts';
import { svgOf } from './picture/svg.ts';
import { rowsOf } from './picture/terminal.ts';

const COLUMNS = 100;
export const PICTURE = path.join(import.meta.dirname, '../docs/picture.svg');

/**
 * Returns the picture of the README as SVG: a first session with the real bin, in a temporary folder that is removed
 * afterwards.
 */
export async function picture(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-picture-'));
  try {
    const printed = await session(folder, await sdkPython());
    const title = 'A terminal session: kplugin init, validate, test, pack, serve, install and list';
    return svgOf(rowsOf(printed.trimEnd(), COLUMNS), COLUMNS, title);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// `npm run picture` writes it.
if (process.argv[1] === import.meta.filename) await writeFile(PICTURE, await picture());
