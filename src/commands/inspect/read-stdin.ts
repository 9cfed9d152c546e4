import { EXIT, KpluginError } from '../../model/error.ts';

/** More than eKuiper takes as an upload; what is larger goes through a file. */
const LIMIT = 1024 ** 3;

/** All of stdin. Throws when it is a terminal, or endless. */
export async function readStdin(signal: AbortSignal): Promise<Buffer> {
  const { stdin } = process;
  if (stdin.isTTY) throw refused('"-" reads a zip from stdin, and stdin is the terminal');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stdin.iterator({ destroyOnReturn: true })) {
    signal.throwIfAborted();
    pieces.push(piece);
    length += piece.length;
    if (length > LIMIT) throw refused('stdin holds more than 1 GiB');
  }
  return Buffer.concat(pieces);
}

function refused(message: string): KpluginError {
  return new KpluginError({
    code: 'stdin-unusable',
    exit: EXIT.usage,
    message,
    hint: 'give the path of a package instead',
  });
}
