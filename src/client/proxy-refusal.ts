import type { HostAddress } from './address.ts';
import { type ErrorBody, looksLikeHtml } from './error-body.ts';
import { type FailureKind, HostFailure } from './host-failure.ts';
import type { HostAnswer } from './transport.ts';

interface Row {
  readonly status: readonly number[];
  /** Whether the answer is a proxy's; left out: eKuiper never has that status. */
  readonly when?: (answer: HostAnswer) => boolean;
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: (host: string, status: number) => string;
  readonly reason?: string;
  readonly hint: string;
}

/** A proxy that gets nothing from behind it says so with 502 or 503. */
const NOT_BEHIND: Pick<Row, 'message' | 'hint'> = {
  message: (host, status) =>
    `a proxy answers on ${host} and cannot reach eKuiper (HTTP status ${status})`,
  hint: 'is eKuiper running behind it?',
};

/** eKuiper itself answers with 200, 201, 400, 401, 404 and 405 alone, never with a page, and asks for no password. */
const ROWS: readonly Row[] = [
  {
    status: [407],
    kind: 'unreachable',
    code: 'host-proxy-password',
    message: (host) => `the proxy on the way to ${host} wants a user and a password`,
    hint: 'put both into its address: KPLUGIN_PROXY=http://user:password@proxy:3128, or go without: KPLUGIN_PROXY=none',
  },
  {
    status: [413],
    kind: 'refused',
    code: 'host-proxy-too-large',
    message: (host) => `a proxy in front of ${host} does not let so much through (HTTP status 413)`,
    reason: 'eKuiper itself takes uploads of any size; nginx as shipped lets 1 MB pass',
    hint: 'in nginx, at the location of eKuiper: client_max_body_size 1g; or install from where no proxy is on the way',
  },
  // Only 503 is sure that nothing got through: behind the others eKuiper may be at work.
  { status: [503], kind: 'unreachable', code: 'host-unreachable', ...NOT_BEHIND },
  { status: [502], kind: 'dropped', code: 'host-dropped', ...NOT_BEHIND },
  {
    status: [504],
    kind: 'timeout',
    code: 'host-timeout',
    message: (host) => `a proxy in front of ${host} did not wait for eKuiper (HTTP status 504)`,
    reason:
      'eKuiper answers only when a plugin has started, which may take minutes with an install.sh',
    hint: 'let the proxy wait longer, in nginx: proxy_read_timeout 300s',
  },
  {
    status: [401],
    when: ({ headers, text }) => headers['www-authenticate'] !== undefined || looksLikeHtml(text),
    kind: 'wrong-service',
    code: 'host-proxy-login',
    message: (host) => `a proxy in front of ${host} wants a login of its own`,
    reason:
      'eKuiper wants a token and nothing else, and the Authorization header has room for one of them',
    hint: 'give an address of eKuiper without that login, or let the proxy take a client certificate: --cert-file',
  },
  {
    // What nginx answers where it asks for client certificates.
    status: [400, 495, 496],
    when: ({ text }) => /SSL certificate (was sent|error)/i.test(text),
    kind: 'unreachable',
    code: 'host-proxy-certificate',
    message: (host) =>
      `a proxy in front of ${host} wants another client certificate, or one at all`,
    reason: 'it takes only certificates of a CA that it knows; nothing reached eKuiper',
    hint: 'show one that it accepts: --cert-file client.pem --cert-key-file client.key',
  },
  {
    status: [403, 429],
    kind: 'wrong-service',
    code: 'host-proxy-forbids',
    message: (host, status) =>
      `something in front of ${host} does not let kplugin through (HTTP status ${status})`,
    reason: 'eKuiper itself never says that; a proxy or a firewall does',
    hint: 'allow GET, POST, PUT and DELETE of this machine there, for every path of eKuiper',
  },
];

/** The failure behind an answer that only a proxy gives, or null. `body` is the answer's, read. */
export function proxyRefusal(
  answer: HostAnswer,
  body: ErrorBody,
  address: HostAddress,
): HostFailure | null {
  const row = ROWS.find(
    ({ status, when }) => status.includes(answer.status) && (when === undefined || when(answer)),
  );
  if (row === undefined) return null;
  const { kind, code, message, reason, hint } = row;
  return new HostFailure({
    kind,
    code,
    status: answer.status,
    words: body.words === '' ? null : body.words,
    message: message(address.label, answer.status),
    ...(reason === undefined ? {} : { reason }),
    hint,
  });
}
