import type { Hit } from './private-key-text.ts';
import { isRealPassword } from './real-password.ts';

const BASIC = /([A-Za-z0-9+/]{12,400}={0,2})(?![\w+/=])/y;
const AUTH = /\\{0,4}"\s{0,8}:\s{0,8}\\{0,4}"([A-Za-z0-9+/]{12,400}={0,2})\\{0,4}"/y;
/** Those of RFC 7617 and RFC 6749, which the documents of libraries repeat. */
const SAMPLE = /^(?:QWxhZGRpbjpv|czZCaGRSa3F0Mzpn)/;
const LOGIN = /^[\x21-\x39\x3b-\x7e]{1,100}:([\x20-\x7e]{6,200})$/;

/** Whether a hit of `Basic ` is a header of HTTP with a login (RFC 7617). */
export function isBasicLogin({ text, end }: Hit): boolean {
  BASIC.lastIndex = end;
  return isLoginInBase64(BASIC.exec(text)?.[1]);
}

/** Whether a hit of `"auth` is the login of a registry, as Docker keeps it in any file. */
export function isRegistryLogin({ text, end }: Hit): boolean {
  AUTH.lastIndex = end;
  return isLoginInBase64(AUTH.exec(text)?.[1]);
}

function isLoginInBase64(encoded: string | undefined): boolean {
  if (encoded === undefined || SAMPLE.test(encoded)) return false;
  const decoded = Buffer.from(encoded, 'base64').toString('latin1');
  return isRealPassword(LOGIN.exec(decoded)?.[1] ?? '');
}

/** Whether `user:password` stands in front of a hit of `@tcp(`, as the drivers of Go have it. */
export function isDriverLogin({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 140), at);
  return isRealPassword(/[\w.-]:([^\s"'`:@/]{6,64})$/.exec(front)?.[1] ?? '');
}

const USER = /\s{0,80}(?:username\s?=\s?)?["'][^"'\n]{0,64}["']\s{0,8},/y;
const PASSWORD = /\s{0,80}(?:password\s?=\s?)?["']([^\s"']{6,64})["']/y;

/** Whether a literal is handed to a function that logs in: `username_pw_set("user", "x")` and `SetPassword("x")` of Paho. */
export function isCallLogin({ text, at, end }: Hit): boolean {
  USER.lastIndex = end;
  PASSWORD.lastIndex = end;
  if (text.startsWith('username', at)) PASSWORD.lastIndex = USER.test(text) ? USER.lastIndex : at;
  return isRealPassword(PASSWORD.exec(text)?.[1] ?? '');
}

const FLAG = /[ \t]{0,8}["']?([\w.@-]{1,64}:)?([^\s"':]{6,64})(?=["'\s]|$)/y;
const COMMAND = /\b(?:curl|wget|https?|svn)\b[^\n]{0,180}$/;

/** Whether a password stands behind the flag of a command: `sshpass -p x`, `curl -u user:x`. */
export function isFlagLogin({ text, at, end }: Hit): boolean {
  FLAG.lastIndex = end;
  const [, user, password = ''] = FLAG.exec(text) ?? [];
  const isOwn = text.startsWith('sshpass', at);
  if (!isOwn && (user === undefined || !COMMAND.test(text.slice(Math.max(0, at - 200), at))))
    return false;
  return isRealPassword(password);
}

/** So far from its version the other members of a state's head are. */
const HEAD = 400;

/** Whether a hit of `"terraform_version"` is in the head of a state of Terraform, under any name. */
export function isTerraformState({ text, at, end }: Hit): boolean {
  const head = text.slice(Math.max(0, at - HEAD), end + HEAD);
  return /"serial"\s{0,8}:/.test(head) && /"lineage"\s{0,8}:/.test(head);
}
