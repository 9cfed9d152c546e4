import type { Exchange, ProxiedAnswer } from './exchange.ts';
import type { Fault } from './proxy.ts';
import { isChange, type RequestKind } from './request-kind.ts';

/** A way in which a request goes wrong. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  /** Left out: at requests of every kind. */
  readonly only?: (kind: RequestKind) => boolean;
  /** Whether it is one of many that proxies and hosts answer with, and strikes what changes something. */
  readonly usual?: true;
  /** Whether kplugin has to do what it was asked for in spite of it. */
  readonly harmless?: true;
}

const html = (status: number, title: string, more = ''): ProxiedAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(`<html><head><title>${title}</title></head><body>nginx${more}</body></html>\n`),
});

/** A page that repeats what it was asked, as those for finding mistakes do. */
const talkative = (x: Exchange): ProxiedAnswer =>
  html(500, '500 Internal Server Error', `<pre>${x.request.headers.join('\n')}</pre>`);

const isUpload = (kind: RequestKind): boolean => kind === 'upload-zip' || kind === 'upload-text';

/** Everything that a network, a proxy in front of the host, and a host out of order do to one request. */
export const FAULTS: readonly NamedFault[] = [
  { name: 'reset before', fault: (x) => x.reset() },
  {
    name: 'reset when half was sent',
    fault: async (x) => {
      await x.forwardHalf();
      x.reset();
    },
  },
  {
    name: 'reset when half was answered',
    fault: async (x) => x.answerHalf(await x.forward()),
  },
  {
    name: 'reset after',
    fault: async (x) => {
      await x.forward();
      x.reset();
    },
  },
  { name: 'hangs', fault: () => {} },
  {
    name: 'done, and hangs',
    only: isChange,
    fault: async (x) => {
      await x.forward();
    },
  },
  {
    name: 'slow bytes',
    harmless: true,
    fault: async (x) => x.answerSlowly(await x.forward(), 20, 20),
  },
  { name: '500 with HTML', fault: (x) => x.answer(talkative(x)) },
  {
    name: 'done, and 500 with HTML',
    only: isChange,
    fault: async (x) => {
      await x.forward();
      x.answer(html(500, '500 Internal Server Error'));
    },
  },
  { name: '502', usual: true, fault: (x) => x.answer(html(502, '502 Bad Gateway')) },
  {
    name: 'done, and 504',
    only: isChange,
    fault: async (x) => {
      await x.forward();
      x.answer(html(504, '504 Gateway Time-out'));
    },
  },
  {
    name: '503',
    usual: true,
    fault: (x) => x.answer({ status: 503, headers: {}, body: Buffer.from('no healthy upstream') }),
  },
  {
    name: '413',
    only: isUpload,
    fault: (x) => x.answer(html(413, '413 Request Entity Too Large')),
  },
  {
    name: 'truncated JSON',
    fault: async (x) => {
      const answer = await x.forward();
      x.answer({ ...answer, body: answer.body.subarray(0, answer.body.length >> 1) });
    },
  },
  {
    name: 'wrong content type',
    harmless: true,
    fault: async (x) => {
      const answer = await x.forward();
      x.answer({ ...answer, headers: { 'content-type': 'image/png' } });
    },
  },
  {
    name: 'disk full',
    only: isUpload,
    fault: (x) => x.answer(refusal(UPLOAD_DISK_FULL)),
  },
  {
    name: 'old one deleted, then disk full',
    only: (kind) => kind === 'update',
    fault: async (x) => {
      await x.remove();
      x.answer(refusal(UNPACK_DISK_FULL));
    },
  },
];

const UPLOAD_DISK_FULL =
  'Error saving the file: write /kuiper/data/uploads/x.zip: no space left on device';
const UNPACK_DISK_FULL =
  'portable plugin update command error: fail to download file file:///kuiper/data/uploads/x.zip: write /kuiper/plugins/portable/x.zip: no space left on device';

/** As eKuiper 2 refuses. Source: server/rest.go handleError; docs/ekuiper.md#error-bodies. */
function refusal(message: string): ProxiedAnswer {
  const body = Buffer.from(`{"error":1000,"message":${JSON.stringify(message)}}\n`);
  return { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
