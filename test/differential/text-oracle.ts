import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildGo } from '../toolchain/go.ts';

/** Go's answer: the value in its canonical form, or why it refuses. */
export type GoAnswer =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

const MODULE = fileURLToPath(new URL('../fixtures/text-oracle', import.meta.url));

/** `y` for yaml.v3, `j` for encoding/json, `m` for a manifest, `p` for path.Clean. */
export type TextKind = 'y' | 'j' | 'm' | 'p';

/** Asks Go about many texts at once. Throws ToolchainMissing. */
export async function askGo(kind: TextKind, texts: readonly Uint8Array[]): Promise<GoAnswer[]> {
  const child = spawn(await buildGo(MODULE, 'text-oracle'), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const requests = texts.flatMap((text) => [Buffer.from(kind), lengthOf(text), text]);
  child.stdin.end(Buffer.concat(requests));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`the oracle ended with ${child.exitCode}`);
  return answersIn(Buffer.concat(pieces), texts.length);
}

function lengthOf(text: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return length;
}

function answersIn(output: Buffer, count: number): GoAnswer[] {
  const answers: GoAnswer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = at + 4 + output.readUInt32BE(at);
    const text = output.toString('utf8', at + 4, end);
    const rest = text.slice(3);
    answers.push(text.startsWith('ok ') ? { ok: true, value: rest } : { ok: false, message: rest });
    at = end;
  }
  if (answers.length !== count) throw new Error(`${answers.length} answers to ${count} texts`);
  return answers;
}
