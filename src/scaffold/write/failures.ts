import { EXIT, KpluginError } from '../../model/error.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than the limit (ulimit -f)',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'something of that name has appeared in the meantime',
  EISDIR: 'a folder stands where the file should go',
  ENAMETOOLONG: 'the path is too long',
};

/** A failure of the file system while writing, in words; what it is about has been undone. */
export function cannotWrite(file: string, thrown: unknown): KpluginError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : '';
  return new KpluginError({
    code: 'cannot-write',
    exit: EXIT.usage,
    message: `cannot write ${file}: ${WORDS[code] ?? error.message}`,
    reason: 'everything that was written before has been removed again',
    hint: 'mend that, then run the same command again',
    cause: thrown,
  });
}
