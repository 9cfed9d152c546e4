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
    'its end record says 3 entries, and where the table of contents should be there is 1',
  ],
  [
    'a text that begins with PK',
    Buffer.from('PK is no zip'),
    'not-a-zip',
    'it has no end record, with which every zip ends',
  ],
  [
    'a directory, cut in the middle',
    Buffer.concat([GOOD.subarray(0, -22 - 20), GOOD.subarray(-22)]),
    'bad-directory',
    'its end record says 1 entry, and where the table of contents should be there are 0',
  ],
  [
    'no zip64 locator',
    craftZip({ entries, end: { records: 0xffff, size: 0xffffffff, offset: 0xffffffff } }),
    'bad-directory',
    'its end record refers to a zip64 end record, and no zip64 locator stands before it',
  ],
  [
    'a zip64 locator that leads out',
    craftZip({ entries, zip64: { saturate: true, at: 1_000_000n } }),
    'bad-directory',
    'its zip64 locator leads to a place with 0 bytes behind it, and a zip64 end record has 56',
  ],
  [
    'a zip64 locator that leads elsewhere',
    craftZip({ entries, zip64: { saturate: true, at: 3n } }),
    'bad-directory',
    'there is no zip64 end record where its locator says',
  ],
  [
    'a zip64 locator with a negative place',
    craftZip({ entries, zip64: { saturate: true, at: -5n } }),
    'bad-directory',
    'its zip64 locator leads to -5, which is no place in a file',
  ],
  [
    'a zip64 locator of several disks',
    craftZip({ entries, zip64: { saturate: true, disks: 2 } }),
    'bad-directory',
    'its zip64 locator says that the zip lies on 2 disks, its zip64 end record on number 0',
  ],
  [
    'a zip64 directory that lies outside',
    craftZip({ entries, zip64: { saturate: true, size: 5000n } }),
    'bad-directory',
    'its zip64 end record says that the table of contents lies outside of the file',
  ],
  [
    'more zip64 entries than there are',
    craftZip({ entries, zip64: { saturate: true, records: 3n } }),
    'bad-directory',
    'its zip64 end record says 3 entries, and where the table of contents should be there is 1',
  ],
])('%s at the end', async (_name, zip, kind, detail) => {
  const { problems } = await openZipView(zip);
  expect(problems).toMatchObject([
    { kind, detail, answer: expect.stringMatching(/^(zip|unexpected|EOF)/) },
  ]);
});
