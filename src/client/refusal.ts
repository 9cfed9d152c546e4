import type { ErrorCode } from '../model/error-catalogue.ts';
import { shellWord } from '../model/shell-word.ts';
import { type ErrorBody, looksLikeHtml, readErrorBody } from './error-body.ts';
import { type HostAddress, moveTo } from './http/address.ts';
import { foreignWords } from './http/foreign-text.ts';
import { type FailureKind, HostFailure } from './http/host-failure.ts';
import type { MessageContext } from './messages/rows/row.ts';
import { translate } from './messages/translate.ts';
import type { HostAnswer } from './transport.ts';

/** A proxy answers 502 or 503 when it gets no response from the server behind it. */
const NOT_BEHIND: Pick<Row, 'message' | 'hint'> = {
  message: (host, status) =>
    `a proxy answers on ${host} and cannot reach eKuiper (HTTP status ${status})`,
  hint: 'is eKuiper running behind it?',
};

/**
 * eKuiper itself answers only with 200, 201, 400, 401, 404 and 405, never with a page, and never requests a password.
 */
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
  // Only 503 guarantees that eKuiper did not get the request: with the other statuses it may be processing it.
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
    when: (answer) => !isEkuipers(answer),
    kind: 'wrong-service',
    code: 'host-proxy-login',
    message: (host) => `a proxy in front of ${host} wants a login of its own`,
    reason:
      'these are not the words of eKuiper, which wants its own token in the Authorization header and nothing else',
    hint: "send what it wants: --header 'Name: value', --header-file <file>, or a token file that begins with Bearer; or a client certificate: --cert-file",
  },
  {
    // nginx's response when it requires a client certificate.
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

/** Whether a 401 is eKuiper's own: plain text about a token, without a login (server/middleware/auth.go, all versions). */
function isEkuipers({ headers, text }: HostAnswer): boolean {
  if (headers['www-authenticate'] !== undefined || looksLikeHtml(text)) return false;
  const type = headers['content-type'];
  if (typeof type === 'string' && !/^text\/plain\b/i.test(type)) return false;
  return EKUIPERS_401.test(text);
}

const EKUIPERS_401 =
  /missing_token|\btoken\b|audience field|issuer field|target key file|claims?\b/i;

/**
 * The failure for an error response: eKuiper's message, its cause and the next command. `doing` completes the sentence
 * "the host refused to …".
 */
export function refusal(
  answer: HostAnswer,
  doing: string,
  address: HostAddress,
  context: MessageContext,
): HostFailure {
  const body = readErrorBody(answer.text);
  const elsewhere = wrongService(answer, body, address);
  if (elsewhere !== null) return elsewhere;
  const place = `${address.origin}${address.basePath}`;
  const known = translate(body.words, { ...context, place });
  const words = body.words === '' ? `HTTP status ${answer.status} without a word` : body.words;
  return new HostFailure({
    kind: 'refused',
    ...(known === null ? {} : { code: `host-refused-${known.id}` }),
    status: answer.status,
    words: body.words === '' ? null : body.words,
    message: `${address.label} refused to ${doing}: ${words}`,
    ...(known === null ? {} : { reason: known.cause }),
    hint:
      known?.next ?? `these are the host's own words; its log says more (log/ beside its data/)`,
  });
}

function wrongService(
  answer: HostAnswer,
  body: ErrorBody,
  address: HostAddress,
): HostFailure | null {
  if (answer.status >= 300 && answer.status < 400) return redirected(answer, address);
  if (
    /Client sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS/i.test(
      answer.text,
    )
  ) {
    return wantsTls(address, answer.status);
  }
  return (
    proxyRefusal(answer, body, address) ??
    (body.form === 'html' ? page(address, answer.status, body.words) : null)
  );
}

/** An HTML page where JSON was expected: another service, or a proxy's own page. */
export function page(address: HostAddress, status: number, title: string): HostFailure {
  return new HostFailure({
    kind: 'wrong-service',
    status,
    words: title === '' ? null : title,
    message: `${address.label} answered with a web page${title === '' ? '' : ` ("${title}")`}, not as eKuiper does`,
    reason: `HTTP status ${status} and HTML: another service has this port, or a proxy in front of eKuiper sends its own page`,
    hint: `give eKuiper's REST port (9081 as shipped) and, behind a proxy, the whole path: ${moveTo('http://proxy/path/to/ekuiper', address)}`,
  });
}

/** JSON or text that eKuiper never sends. */
export function notEkuiper(address: HostAddress, answer: HostAnswer, why: string): HostFailure {
  const body = readErrorBody(answer.text);
  if (looksLikeHtml(answer.text)) return page(address, answer.status, body.words);
  return new HostFailure({
    kind: 'wrong-service',
    status: answer.status,
    message: `what answers on ${address.label} is not eKuiper: ${why}`,
    hint: `give eKuiper's REST port (9081 as shipped); see what is there: curl ${shellWord(`${address.origin}${address.basePath}/`)}`,
  });
}

function redirected(answer: HostAnswer, address: HostAddress): HostFailure {
  const location = answer.headers['location'];
  const target = typeof location === 'string' ? foreignWords(location) : '';
  return new HostFailure({
    kind: 'wrong-service',
    status: answer.status,
    message: `${address.label} sends kplugin somewhere else${target === '' ? '' : `: ${target}`}`,
    reason: 'eKuiper never does that; a proxy or another service answers here',
    hint: 'give the address where eKuiper itself answers',
  });
}

function wantsTls(address: HostAddress, status: number): HostFailure {
  const rest = address.origin.replace(/^http:/, 'https:');
  return new HostFailure({
    kind: 'wrong-service',
    status,
    message: `${address.label} wants https`,
    reason: 'the port speaks TLS, and the address says http',
    hint: moveTo(`${rest}${address.basePath}`, address),
  });
}

interface Row {
  readonly status: readonly number[];
  /** Whether the answer is a proxy's; left out: eKuiper never has that status. */
  readonly when?: (answer: HostAnswer) => boolean;
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  readonly message: (host: string, status: number) => string;
  readonly reason?: string;
  readonly hint: string;
}

/** The failure for a status that only a proxy sends, or null. `body` is the decoded body. */
function proxyRefusal(
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
