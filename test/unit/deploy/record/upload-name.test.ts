import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileUrl, uploadName, uploadNameOf } from '../../../../src/deploy/record/upload-name.ts';

const SHA = '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9';

describe('the name of an upload', () => {
  it.each([
    ['pysam', '1.0.0', 'pysam-1.0.0-0a1b2c3d.zip'],
    ['pysam', '', 'pysam-0-0a1b2c3d.zip'],
    ['pysam', 'v1.0.0+build 7', 'pysam-v1.0.0-build-7-0a1b2c3d.zip'],
    ['pro be', '1..2', 'pro-be-1.2-0a1b2c3d.zip'],
  ])('%s %s', (name, version, expected) => {
    expect(uploadName(name, version, SHA)).toBe(expected);
  });

  it('holds only characters that survive the way, and is found again in a registration', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (name, version) => {
        const upload = uploadName(name, version, SHA);
        expect(upload).toMatch(/^[A-Za-z0-9._-]+\.zip$/);
        expect(upload).not.toContain('..');
        expect(upload.length).toBeLessThan(150);
        expect(uploadNameOf(fileUrl(`/kuiper/data/uploads/${upload}`))).toBe(upload);
      }),
    );
  });

  it.each([
    ['/kuiper/data/uploads/x.zip', 'file:///kuiper/data/uploads/x.zip'],
    ['/my kuiper/x.zip', 'file:///my kuiper/x.zip'],
    ['/100%/a#b?/x.zip', 'file:///100%25/a%23b%3F/x.zip'],
    ['C:\\kuiper\\x.zip', 'file:///C:/kuiper/x.zip'],
  ])('the URL of %s', (path, url) => {
    expect(fileUrl(path)).toBe(url);
  });
});
