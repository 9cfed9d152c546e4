import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask, Said } from '../../conformance/host/ask.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import type { Sample } from '../sample.ts';
import type { Truth } from '../truth/truth.ts';
import { type Way, watchAfterUpdate, watchRows } from './rows.ts';

/** What the server with this address does with a sample. Everything is taken away again. */
export async function askServer(sample: Sample, ask: Ask, way: Omit<Way, 'file'>): Promise<Truth> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kpv-'));
  const own: Way = { ...way, file: path.join(folder, 'rows') };
  try {
    const installed = await register(sample, ask, '1.0.0', 'POST');
    if (installed !== 'ok') return { install: installed, rows: null, update: null };
    const started = await startRule(sample, ask, own);
    const rows = started === 'ok' ? await watchRows(sample, own) : started;
    const update = rows === 'right' ? await updated(sample, ask, own) : null;
    return { install: 'ok', rows, update };
  } finally {
    await takeAway(sample, ask);
    await rm(folder, { recursive: true, force: true });
  }
}

async function updated(sample: Sample, ask: Ask, way: Way): Promise<string> {
  const said = await register(sample, ask, '1.0.1', 'PUT');
  if (!(await isAlive(ask))) return 'the server died';
  if (said !== 'ok') return said;
  await sleep(2_000);
  const rows = await watchAfterUpdate(sample, way).catch((error: Error) => error.message);
  return (await isAlive(ask)) ? rows : 'the server died';
}

async function register(
  sample: Sample,
  ask: Ask,
  version: string,
  method: 'POST' | 'PUT',
): Promise<string> {
  const { id } = sample;
  const uploaded = await ask.upload(new Blob([zipOf(sample, version)]), `${id}-${version}.zip`);
  const file = `file://${unescaped(uploaded.text.trim())}`;
  const body = { name: id, file };
  const said =
    method === 'POST'
      ? await ask.post('/plugins/portables', body)
      : await ask.put(`/plugins/portables/${id}`, body);
  return said.status === 200 || said.status === 201 ? 'ok' : wordsOf(said);
}

async function startRule(sample: Sample, ask: Ask, way: Way): Promise<string> {
  const { id, use } = sample;
  const type = use.kind === 'source' ? id : 'httppush';
  const from = use.kind === 'source' ? 'any' : `/kpv/${id}`;
  const sql = `CREATE STREAM ${id}_in() WITH (TYPE="${type}", DATASOURCE="${from}", FORMAT="json")`;
  const stream = await ask.post('/streams', { sql });
  if (stream.status !== 201) return `stream: ${wordsOf(stream)}`;
  const select = use.kind === 'function' ? `a, ${use.call} AS v` : '*';
  const rest = { rest: { url: way.collector.url(id), method: 'post', sendSingle: true } };
  const actions = [use.kind === 'sink' ? { [id]: { ...use.settings, path: way.file } } : rest];
  const rule = { id: `${id}_rule`, sql: `SELECT ${select} FROM ${id}_in`, actions };
  const said = await ask.post('/rules', rule);
  return said.status === 201 ? 'ok' : `rule: ${wordsOf(said)}`;
}

async function takeAway({ id }: Sample, ask: Ask): Promise<void> {
  // A rule whose plugin is gone or dead may hang.
  await ask.delete(`/rules/${id}_rule`, 10_000);
  await ask.delete(`/streams/${id}_in`, 10_000);
  await ask.delete(`/plugins/portables/${id}`, 10_000);
  for (const version of ['1.0.0', '1.0.1'])
    await ask.delete(`/config/uploads/${id}-${version}.zip`);
}

async function isAlive(ask: Ask): Promise<boolean> {
  return (await ask.get('/', 5_000)).status === 200;
}

function zipOf({ files, id }: Sample, version: string): Buffer {
  const entries = Object.entries(files).map(([name, item]) => {
    if (typeof item === 'string') return { name, text: item };
    if ('text' in item) return { name, text: item.text, mode: item.mode.toString(8) };
    throw new Error(`${name} is no text`);
  });
  return makeZip(
    entries.map((one) =>
      one.name === `${id}.json`
        ? { ...one, text: one.text.replace('"1.0.0"', `"${version}"`) }
        : one,
    ),
  );
}

/** An answer in one line, without the folders of the machine that was asked. */
function wordsOf({ status, text }: Said): string {
  const message = text.replaceAll(/(?:\/[\w.-]+)+\/([\w.-]+)/g, '$1').replaceAll(/\s+/g, ' ');
  return `${status} ${message.trim().slice(0, 200)}`;
}

function unescaped(text: string): string {
  return text.replaceAll('&#43;', '+').replaceAll('&amp;', '&');
}
