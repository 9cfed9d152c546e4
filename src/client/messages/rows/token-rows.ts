import { shellWord, shellWordOr } from '../../../model/shell-word.ts';
import type { MessageContext, MessageRow } from './row.ts';

/** A named host keeps its name; the label of an address always contains a port. */
const sign = ({ host, place }: MessageContext): string =>
  host.includes(':')
    ? `kplugin host add <name> ${shellWord(host)} --key-file <private key>`
    : `kplugin host add ${shellWord(host)} ${shellWordOr(place, '<address>')} --force --key-file <private key>`;
const keygen = ({ host }: MessageContext): string =>
  `make a pair: kplugin host keygen ${shellWordOr(host.includes(':') ? null : host, '<name>')}; its .pub goes into etc/mgmt on the host`;

/**
 * Messages of golang-jwt and eKuiper about tokens, plain text with status 401. Source: docs/messages.md#tokens (1.14.7
 * and 2.4.0 alike).
 */
export const TOKEN_ROWS: readonly MessageRow[] = [
  {
    id: 'token-missing',
    says: 'missing_token',
    pattern: /missing_token/,
    cause: () =>
      'this eKuiper wants a signed token with every request (basic.authentication is on), and none was sent',
    next: (_, context) => `${sign(context)}; or ${keygen(context)}`,
  },
  {
    id: 'token-bearer',
    says: 'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 6',
    pattern: /could not base64 decode header: illegal base64 data at input byte 6\b/,
    cause: () =>
      'the token is not the bare JWT that eKuiper wants: mostly there is "Bearer " in front of it',
    next: () =>
      'keep only the three parts with dots between them in the token file: eKuiper wants no "Bearer" before them',
  },
  {
    id: 'token-no-jwt',
    says: 'validate token error: token is malformed: token contains an invalid number of segments',
    pattern: /validate token error: .*(?:number of segments|token is malformed)/,
    cause: () => 'what was sent as a token is none: a JWT has three parts with dots between them',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-no-issuer',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: issuer field not exist in jwt payload',
    pattern: /issuer field not exist/,
    cause: () =>
      'the token names no issuer ("iss"); eKuiper looks for the public key in a file of that name in etc/mgmt',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-unknown-key',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: not found target key file nobody.pub in /etc/mgmt',
    pattern: /not found target key file (\S+) in/,
    cause: (part) =>
      `the token says that it is signed by the key ${part(1)}, and the host has no such file in etc/mgmt`,
    next: (part) =>
      `copy the public key to etc/mgmt/${part(1)} on the host (no restart is needed), or name the one that is there: --issuer <file name>`,
  },
  {
    id: 'token-expired',
    says: 'validate token error: token has invalid claims: token is expired',
    pattern: /token is expired/,
    cause: () =>
      'the token was valid until before now by the clock of the host, which allows no leeway: it is old, or that clock is ahead',
    next: (_, context) => `compare the clocks: kplugin doctor --host ${shellWord(context.host)}`,
  },
  {
    id: 'token-not-yet-valid',
    says: 'validate token error: token has invalid claims: token is not valid yet',
    pattern: /token is not valid yet/,
    cause: () =>
      'the token is valid from a moment on ("nbf") that the clock of the host has not reached',
    next: (_, context) => `compare the clocks: kplugin doctor --host ${shellWord(context.host)}`,
  },
  {
    id: 'token-audience',
    says: 'audience field should contain eKuiper, but got [x]',
    pattern: /audience field should contain eKuiper, but got (.*)/,
    cause: (part) =>
      `the token is meant for ${part(1) === '[]' ? 'nobody' : part(1)}; its "aud" has to be or to hold "eKuiper"`,
    next: (_, context) => `sign a new one, without --audience: ${sign(context)}`,
  },
  {
    id: 'token-algorithm',
    says: 'validate token error: token signature is invalid: key is of invalid type: HMAC verify expects []byte',
    pattern: /key is of invalid type|signature type is not allowed|signing method/,
    cause: () => 'the token is not signed with RS256, the only way eKuiper can check',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
  {
    id: 'token-signature',
    says: 'validate token error: token signature is invalid: crypto/rsa: verification error',
    pattern: /signature is invalid|verification error/,
    cause: () =>
      'the token is signed by another private key than the one that belongs to the public key on the host',
    next: (_, context) =>
      `${sign(context)}, with the key that belongs to it; or ${keygen(context)}`,
  },
  {
    id: 'token-public-key',
    says: 'validate token error: token is unverifiable: error while executing keyfunc: asn1: structure error: integer too large',
    pattern: /validate token error: .*(?:PEM|public key|asn1|x509)/i,
    cause: () => 'the key file in etc/mgmt on the host is no RSA public key in PEM form',
    next: (_, context) => keygen(context),
  },
  {
    id: 'token-refused',
    says: 'validate token error: token is unverifiable',
    pattern: /validate token error|^invalid token/,
    cause: () => 'this eKuiper does not accept the token',
    next: (_, context) => `sign a new one: ${sign(context)}`,
  },
];
