import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { headerReader, NO_HEADERS, parseHeader } from '../../../../src/client/auth/own-headers.ts';

const SECRET = 'hunter2-4f1c9d';

describe('a header', () => {
  it.each([
    [`X-Api-Key: ${SECRET}`, 'X-Api-Key', SECRET],
    [`x-api-key:${SECRET}`, 'x-api-key', SECRET],
    [`Authorization:  Bearer ${SECRET} `, 'Authorization', `Bearer ${SECRET}`],
    ['X-A: b: c', 'X-A', 'b: c'],
  ])('%s', (line, name, value) => {
    const header = parseHeader(line, '--header');
    expect(header.name).toBe(name);
    expect(header.value.reveal()).toBe(value);
    expect(JSON.stringify(header)).not.toContain(value);
  });

  it.each([
    ['no colon', SECRET, /no ":"/],
    ['no name', `: ${SECRET}`, /no name of a header/],
    ['a blank in the name', `X Y: ${SECRET}`, /no name of a header/],
    ['no value', 'X-Api-Key: ', /is empty/],
    ['a line break', `X-Api-Key: ${SECRET}\r\nX: y`, /no header takes/],
    ['other letters', `X-Api-Key: ${SECRET}ö`, /no header takes/],
    ['one of kplugin', `content-type: ${SECRET}`, /kplugin sets content-type itself/],
    ['one of the connection', `Transfer-Encoding: ${SECRET}`, /sets Transfer-Encoding itself/],
  ])('%s is refused without being repeated', (_, line, reason) => {
    let thrown: unknown = null;
    try {
      parseHeader(line, '--header');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'header-unusable',
      exit: 2,
      reason: expect.stringMatching(reason),
    });
    expect(JSON.stringify(thrown)).not.toContain(SECRET);
    expect(String(thrown)).not.toContain(SECRET);
  });
});

describe('the headers of a host', () => {
  async function fileWith(text: string): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-headers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'headers');
    await writeFile(file, text, { mode: 0o600 });
    return file;
  }

  it('are none without a flag and a file', () => {
    expect(headerReader(NO_HEADERS, () => {})).toBeNull();
  });

  it('come from the file, which is read again when it changes; --header comes first', async () => {
    const file = await fileWith(`\ufeff# a gateway\nX-A: one\r\n\nX-B: two\n`);
    const warnings: string[] = [];
    const given = [parseHeader('x-b: three', '--header')];
    const read = headerReader({ given, file }, (line) => warnings.push(line));
    expect(await read?.()).toEqual(
      new Map([
        ['x-a', 'one'],
        ['x-b', 'three'],
      ]),
    );
    await writeFile(file, 'X-A: another\n');
    expect((await read?.())?.get('x-a')).toBe('another');
    expect(warnings).toEqual([]);
    await rm(file);
    await expect(read?.()).rejects.toMatchObject({ exit: 2, code: 'secret-unreadable' });
  });

  it('in a file that others may read: a warning', async () => {
    const file = await fileWith('X-A: one\n');
    await chmod(file, 0o644);
    const warnings: string[] = [];
    await headerReader({ given: [], file }, (line) => warnings.push(line))?.();
    expect(warnings.join()).toMatch(/others on this machine may read the header file/);
  });

  it('of a broken file: its line, not its text', async () => {
    const file = await fileWith(`X-A: one\n${SECRET}\n`);
    const failure: unknown = await headerReader({ given: [], file }, () => {})?.().catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toMatchObject({ message: expect.stringContaining('line 2 of ') });
    expect(String(failure)).not.toContain(SECRET);
  });
});
