import { randomBytes } from 'node:crypto';
import type { StreamedBody } from './transport.ts';

/** A file to upload; its size is known before it is read. */
export interface UploadFile {
  /** File name on the host; only `[A-Za-z0-9._-]` stays unchanged (docs/ekuiper.md#upload-names). */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * Builds a multipart body with the file in the field `uploadFile`, as `POST /config/uploads` requires it
 * (docs/ekuiper.md#uploads). `onSent` is called with the number of bytes handed to the connection so far.
 */
export function multipart(file: UploadFile, onSent: (bytes: number) => void): StreamedBody {
  const boundary = `kplugin-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="uploadFile"; filename="${file.name}"\r\n` +
      'Content-Type: application/zip\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: head.length + file.size + tail.length,
    async *chunks() {
      yield head;
      let sent = 0;
      for await (const chunk of file.chunks()) {
        yield chunk;
        sent += chunk.length;
        onSent(sent);
      }
      yield tail;
    },
  };
}
