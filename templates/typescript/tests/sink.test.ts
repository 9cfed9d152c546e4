import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { feedSink } from 'kplugin/sdk/testing';
import { {{ Type }} } from '../src/{{ file }}.ts';

test('{{ symbol }} writes rows and survives what is none', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rows-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'rows.jsonl');
  const batches = [[{ n: 1 }, { n: 2 }], 'bare error text', '[1]', [{ n: 3 }]];
  const acks = await feedSink({{ Type }}, { config: { path: file }, batches });
  assert.deepEqual(acks, [null, 'not a row: bare error text', 'not a row: [1]', null]);
  assert.equal(await readFile(file, 'utf8'), '{"n":1}\n{"n":2}\n{"n":3}\n');
});
