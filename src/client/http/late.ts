import { durationText } from '../../model/duration.ts';

/** How far an exchange with a server had come when its time was over. */
interface Progress {
  /** Milliseconds. */
  readonly after: number;
  /** Bytes of the answer's body; null when the answer had not begun. */
  readonly received: number | null;
  /** Bytes of the request's body, if it has one. */
  readonly upload: { readonly sent: number; readonly size: number } | null;
}

/** The error of an exchange that took too long. A server that sends a byte a second would hold a command for ever. */
export class LateError extends Error {
  /** As that of AbortSignal.timeout. */
  override readonly name = 'TimeoutError';

  constructor(private readonly progress: Progress) {
    super('it took too long');
  }

  /** What was seen, for the message; null when nothing of an answer came. */
  get told(): { readonly what: string; readonly reason: string } | null {
    const { after, received, upload } = this.progress;
    const time = durationText(after);
    if (received !== null) {
      return {
        what: 'began to answer and was not done in time',
        reason: `after ${time} there were ${received} bytes of the answer, and it had not ended`,
      };
    }
    if (upload === null || upload.sent >= upload.size) return null;
    return {
      what: 'did not take all of the upload in time',
      reason: `after ${time} kplugin had sent ${upload.sent} of ${upload.size} bytes`,
    };
  }
}
