import { shellWord } from '../model/shell-word.ts';
import { type HostAddress, moveTo } from './address.ts';
import { type ErrorBody, looksLikeHtml, readErrorBody } from './error-body.ts';
import { HostFailure } from './host-failure.ts';
import type { MessageContext } from './messages/row.ts';
import { translate } from './messages/translate.ts';
import { proxyRefusal } from './proxy-refusal.ts';
import { foreignWords } from './text.ts';
import type { HostAnswer } from './transport.ts';

/**
 * The failure behind an answer that says no: eKuiper's own words, their cause and the next command.
 * `doing` finishes the sentence "the host refused to …".
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

/** A page where JSON was expected: another service, or a proxy's own page. */
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

/** JSON or text that eKuiper would never send. */
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
