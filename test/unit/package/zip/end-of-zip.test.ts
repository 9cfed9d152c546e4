import { expect, test } from 'vitest';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';

const entries = [{ name: 'a.json', content: '{}' }];
const GOOD = craftZip({ entries });
const commented = craftZip({ entries, comment: Buffer.from('twenty bytes of text') });

test.each<[string, Buffer, string, string]>([
  ['nothing', Buffer.alloc(0), 'not-a-zip', 'it has no end record, with which every zip ends'],
  ['text', Buffer.from('hello'), 'not-a-zip', 'it has no end record, with which every zip ends'],
  [
    'the directory, cut',
    GOOD.subarray(0, -30),
    'truncated',
    'it has no end record, with which every zip ends',
  ],
  [
    'no end record',
    GOOD.subarray(0, -22),
    'truncated',
    'it has no end record, with which every zip ends',
  ],
  [
    'half of the end record',
    GOOD.subarray(0, -9),
    'bad-directory',
    'its end record has 13 of 22 bytes',
  ],
  [
    'half of the comment',
    commented.subarray(0, -9),
    'bad-directory',
    'its end record says that a comment of 20 bytes follows, and there are 11',
  ],
  [
    'a comment that is not there',
    craftZip({ entries, commentLength: 5 }),
    'bad-directory',
    'its end record says that a comment of 5 bytes follows, and there are 0',
  ],
  [
    'a directory that lies outside',
    craftZip({ entries, end: { size: 5000 } }),
    'bad-directory',
    'its end record says that the table of contents lies outside of the file',
  ],
  [
    'more entries than there are',
    craftZip({ entries, end: { records: 3 } }),
    'bad-directory',
    'its end record says 3 entries, and its table of contents has 1',
  ],
])('%s at the end', async (_name, zip, kind, detail) => {
  const { problems } = await openZipView(zip);
  expect(problems).toMatchObject([
    { kind, detail, answer: expect.stringMatching(/^(zip|unexpected|EOF)/) },
  ]);
});
