import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WORDS =
  'sensor stream window tumbling edge rule source sink function topic payload schema memory'.split(
    ' ',
  );
const PER_FOLDER = 40;
const FILE_BYTES = 4400;
/** Every fourteenth file does not compress, as with images and models. */
const NOISE_EVERY = 14;

/** A valid Python project with `files` files of about 4.4 kB beside the plugin itself, always the same. */
export function projectOf(files: number): string {
  const root = mkdtempSync(join(tmpdir(), 'kplugin-bench-'));
  const next = random(42);
  writeFileSync(join(root, 'bench.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(root, 'main.py'), 'print("bench")\n');
  for (let index = 0; index < files; index += 1) {
    const folder = join(root, 'lib', `part${Math.floor(index / PER_FOLDER)}`);
    if (index % PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    const content = index % NOISE_EVERY === 0 ? noise(next) : text(next);
    writeFileSync(join(folder, `file${index}.txt`), content);
  }
  return root;
}

const MANIFEST = {
  version: '1.0.0',
  language: 'python',
  executable: 'main.py',
  functions: ['bench'],
};

function text(next: () => number): string {
  let line = '';
  while (line.length < FILE_BYTES) line += `${WORDS[next() % WORDS.length]}${next() % 100} `;
  return line;
}

function noise(next: () => number): Buffer {
  return Buffer.from(Array.from({ length: FILE_BYTES }, () => next() & 0xff));
}

/** A small generator of our own: the tree must be the same on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
