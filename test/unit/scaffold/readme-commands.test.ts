import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { flawsIn } from '../client/messages/hint-commands.ts';

const TEMPLATES = path.join(import.meta.dirname, '../../../templates');

/** The commands of each block that a README shows, without their comments. */
function blocksOf(language: string): string[][] {
  const text = readFileSync(path.join(TEMPLATES, language, 'README.md'), 'utf8');
  return [...text.matchAll(/^```shell\n([^`]*)^```/gm)].map(([, block = '']) =>
    block.split('\n').flatMap((line) => line.replace(/\s+#.*$/, '').trim() || []),
  );
}

it.each(['python', 'go', 'typescript'])(
  'every command of the README for %s runs as it is pasted',
  (language) => {
    const blocks = blocksOf(language);
    const commands = blocks.flat();
    expect(commands).toContain('kplugin install . --host 127.0.0.1:9081');
    expect(commands.flatMap(flawsIn)).toEqual([]);
    // Nothing leans on an environment that a line before has set up for its shell alone.
    expect(commands.filter((line) => /^(?:pip|python|\.|source|export) /.test(line))).toEqual([]);
    // Nothing stands behind a command that goes on until Ctrl-C but another one.
    for (const block of blocks) {
      const endless = block.filter((line) => /^kplugin (?:serve|dev)\b/.test(line));
      expect([0, block.length]).toContain(endless.length);
    }
    const at = (command: string): number => commands.findIndex((line) => line.startsWith(command));
    expect(at('kplugin serve')).toBeLessThan(at('kplugin install'));
  },
);
