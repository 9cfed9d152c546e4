import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildGo } from '../toolchain/go.ts';

/** An entry as Go's archive/zip has it; `error` when its content cannot be read. */
export interface GoEntry {
  /** Hex. */
  readonly name: string;
  readonly permissions: number;
  readonly directory: boolean;
  readonly special: boolean;
  /** Hex sha256; empty for directories. */
  readonly content: string;
  readonly error: string;
}

/** What Go makes of a zip; `error` when it does not open it. */
export interface GoZip {
  readonly error: string;
  readonly entries: readonly GoEntry[];
}

const MODULE = fileURLToPath(new URL('../fixtures/zip-oracle', import.meta.url));

/** Asks Go about many zips at once. Throws ToolchainMissing. */
export async function askGoZip(zips: readonly Buffer[]): Promise<GoZip[]> {
  const child = spawn(await buildGo(MODULE, 'zip-oracle'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stdin.end(Buffer.concat(zips.flatMap((zip) => [lengthOf(zip), zip])));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`the oracle ended with ${child.exitCode}`);
  const lines = Buffer.concat(pieces).toString().trimEnd().split('\n');
  if (lines.length !== zips.length)
    throw new Error(`${lines.length} answers to ${zips.length} zips`);
  return lines.map((line) => JSON.parse(line));
}

function lengthOf(zip: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(zip.length);
  return length;
}
