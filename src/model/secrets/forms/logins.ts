import { type Hit, upToOthers } from './private-key-text.ts';
import { isMadeToken, isQuotedPassword, isRealPassword } from './real-values.ts';
import { withPlainLetters } from './unescaped.ts';

/** `Basic x`, `'Basic ' + 'x'` */
const BASIC = /(?:["'`] ?\+ ?[bB]?["'`]|[ \t]{0,8})([A-Za-z0-9+/]{12,400}={0,2})(?![\w+/=])/y;
const AUTH = /\\{0,4}"\s{0,8}:\s{0,8}\\{0,4}"([A-Za-z0-9+/]{12,400}={0,2})\\{0,4}"/y;

/** The samples of RFC 7617 and RFC 6749, which documentation repeats. */
const SAMPLE = /^(?:QWxhZGRpbjpv|czZCaGRSa3F0Mzpn)/;

const LOGIN = /^([\x21-\x39\x3b-\x7e]{0,200}):([\x20-\x7e]{0,200})$/;

/** Whether a hit of `Basic ` is an HTTP header with a login (RFC 7617). */
export function isBasicLogin({ text, end }: Hit): boolean {
  BASIC.lastIndex = end;
  return isLoginInBase64(BASIC.exec(text)?.[1]);
}

/** Whether a hit of `"auth` is the login of a registry, in Docker's format, in any file. */
export function isRegistryLogin({ text, end }: Hit): boolean {
  AUTH.lastIndex = end;
  return isLoginInBase64(AUTH.exec(text)?.[1]);
}

function isLoginInBase64(encoded: string | undefined): boolean {
  if (encoded === undefined || SAMPLE.test(encoded)) return false;
  const decoded = Buffer.from(encoded, 'base64').toString('latin1');
  const [, user = '', password = ''] = LOGIN.exec(decoded) ?? [];
  if (isRealPassword(password)) return true;
  // Services such as GitHub and Stripe take a token as the user.
  return (password.length < 6 || password === 'x-oauth-basic') && isMadeToken(user);
}

/** Whether `user:password` precedes a hit of `@tcp(`, as in Go drivers. */
export function isDriverLogin({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 140), at);
  return isRealPassword(/[\w.-]:([^\s"'`:@/]{6,64})$/.exec(front)?.[1] ?? '');
}

/** Functions with the parameters user and password, or password alone. */
export const LOGIN_CALLS: readonly string[] = [
  ...['username_pw_set(', 'auth=(', 'auth = (', 'BasicAuth(', 'basic_auth(', '.login('],
  ...['SetPassword(', 'setPassword('],
  ...['.connect(', '_connect(', 'mysqli(', 'getConnection('],
];

const USER = /\s{0,80}(?:user(?:name)?\s?=\s?)?["'][^"'\n]{0,64}["']\s{0,8},/y;
const PASSWORD = /\s{0,80}(?:password\s?=\s?)?["']([^\s"']{6,64})["']/y;

/** The arguments host and user. */
const HOST_AND_USER =
  /\s{0,40}(?:["'][^"'\n]{0,200}["']|[\w.]{1,60})\s{0,8},\s{0,40}["'][^"'\n]{1,64}["']\s{0,8},/y;

/**
 * Whether a hit of {@link LOGIN_CALLS} has a literal password: `username_pw_set("user", "x")` and `SetPassword("x")`
 * of Paho.
 */
export function isCallLogin({ text, at, end }: Hit): boolean {
  const call = text.slice(at, end);
  PASSWORD.lastIndex = end;
  if (!/^setpassword/i.test(call)) {
    const before = /connect|mysqli/i.test(call) ? HOST_AND_USER : USER;
    before.lastIndex = end;
    if (!before.test(text)) return false;
    PASSWORD.lastIndex = before.lastIndex;
  }
  const password = PASSWORD.exec(text)?.[1] ?? '';
  return isRealPassword(password) && (/^(?:user|set)/i.test(call) || isQuotedPassword(password));
}

const QUOTED = /\\{0,4}["']([^\s"'\\]{6,64})\\{0,4}["']/y;

/** Whether a password follows a hit of SQL's `IDENTIFIED BY `. */
export function isStatementLogin({ text, end }: Hit): boolean {
  QUOTED.lastIndex = end;
  return isQuotedPassword(QUOTED.exec(text)?.[1] ?? '');
}

/** Programs with a flag for the password. */
export const LOGIN_COMMANDS: readonly string[] = [
  ...['mysql', 'mariadb', 'mosquitto_', 'redis-cli '],
  ...['curl ', "curl'", 'curl"'],
];

const OF_MYSQL = /\w{0,10}[ \t][^\n]{0,160}?(?<=[ \t])-p["']?([^\s"']{6,64})["']?/y;
const OF_OTHERS = /\w{0,4}[ \t]?[^\n]{0,160}?(?<=[ \t])-[Pa][ \t]{0,4}["']?([^\s"']{6,64})["']?/y;

/** `-u user:x`, `-sSu user:x`, `--proxy-user=user:x`, `"-u", "user:x"`; also on a continued line. */
const OF_CURL =
  /(?:[^\\\n]|\\[\s\S]){0,300}?(?<=[\s"'])(?:-[A-Za-z#]{0,8}[uU]|--(?:proxy-)?user)["',= \t]{0,8}[\w.@-]{1,64}:([^\s"':]{6,64})(?=["'\s]|$)/y;

/** Whether a hit of {@link LOGIN_COMMANDS} has a password: `mysql -u root -px`, `mosquitto_pub -P x`. */
export function isCommandLogin({ text, at, end }: Hit): boolean {
  const name = text.slice(at, end);
  if (name.startsWith('curl')) {
    OF_CURL.lastIndex = end;
    return isRealPassword(OF_CURL.exec(text)?.[1] ?? '');
  }
  const flag = /^m[ya]/.test(name) ? OF_MYSQL : OF_OTHERS;
  flag.lastIndex = end;
  return isQuotedPassword(flag.exec(text)?.[1] ?? '');
}

const PIPED =
  /\becho[ \t]{1,4}(?:-\w{1,3}[ \t]{1,4})?["']?(?:[\w.-]{1,32}:)?([^\s"'|]{6,64})["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t])?$/;

/** Whether a password is piped into a hit of `sudo -S` or `chpasswd`. */
export function isPipedLogin({ text, at }: Hit): boolean {
  const front = text.slice(Math.max(0, at - 140), at);
  return isRealPassword(PIPED.exec(front)?.[1] ?? '');
}

/** Maximum distance to the password in the settings of a Maven server. */
const SERVER = 600;

/** Whether a hit of `<server>` is in Maven settings with a password, encrypted (`{…}`) or not. */
export function isMavenLogin(hit: Hit): boolean {
  const own = upToOthers(hit, SERVER);
  if (!/<(?:id|username)>/.test(own)) return false;
  const password = /<password>\s{0,40}([^<\s]{4,400})\s{0,40}</.exec(own)?.[1] ?? '';
  return /^\{[A-Za-z0-9+/]{20,}={0,2}\}$/.test(password) || isRealPassword(password);
}

const FLAG = /[ \t]{0,8}["']?([\w.@-]{1,64}:)?([^\s"':]{6,64})(?=["'\s]|$)/y;
const COMMAND = /\b(?:curl|wget|https?|svn)\b[^\n]{0,180}$/;

/** Whether the flag of a command has a password: `sshpass -p x`, `curl -u user:x`. */
export function isFlagLogin({ text, at, end }: Hit): boolean {
  FLAG.lastIndex = end;
  const [, user, password = ''] = FLAG.exec(text) ?? [];
  const isOwn = text.startsWith('sshpass', at);
  if (!isOwn && (user === undefined || !COMMAND.test(text.slice(Math.max(0, at - 200), at))))
    return false;
  return isRealPassword(password);
}

/** Maximum distance between the version and the other members at the start of a state. */
const HEAD = 400;

/** Whether a hit of `"terraform_version"` is at the start of a Terraform state, whatever the file name. */
export function isTerraformState({ text, at, end }: Hit): boolean {
  const head = text.slice(Math.max(0, at - HEAD), end + HEAD);
  return /"serial"\s{0,8}:/.test(head) && /"lineage"\s{0,8}:/.test(head);
}

/**
 * Whether the secret of a file is a setting that a source needs: the login of its broker in `sources/*.yaml`. The
 * rule yaml-clear-secret warns about it; without the file the source would have no configuration at all.
 */
export function isSourceLogin(
  path: string,
  { isGuess = false }: { readonly isGuess?: boolean },
): boolean {
  return isGuess && /^sources\/[^/]+\.ya?ml$/.test(path);
}

/** The name of such a password in a finding. */
export const URL_PASSWORD = 'a password in a URL';

const SCHEME = /(?:^|[^a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}$/i;

/** The user, then the password, which ends at the `@` before a host. */
const URL_LOGIN = /([^\s"'`:@/<>\\]{0,64}):([^\s"'`:@/<>\\]{6,128})@[\w[.-]/y;

/**
 * Whether a password follows a hit of `://`: `mqtt://user:password@host`. Documentation and libraries contain many
 * such URLs, so a password counts only if it does not look like a sample: at least two of lower case, upper case,
 * digits and signs, and no sample word.
 */
export function isUrlPassword({ text, at, end }: Hit): boolean {
  if (!SCHEME.test(text.slice(Math.max(0, at - 24), at))) return false;
  URL_LOGIN.lastIndex = end;
  const [, user = '', raw = ''] = URL_LOGIN.exec(text) ?? [];
  const password = withPlainLetters(raw) ?? raw;
  if (password.toLowerCase() === user.toLowerCase()) return false;
  return isRealPassword(raw) && isRealPassword(password);
}

const SIGNATURE = /(?:[A-Za-z0-9+/]|%2[BbFf]){43}(?:=|%3[Dd])/y;

/** Maximum distance to the other parameters of such a URL, which are in any order. */
const SIGNATURE_REACH = 400;

const BESIDE = /(?:[?&;"' ]|\\u0026|%26)s[ve]=/;

/** Its time has ended: the examples of documentation. As in web tokens, a fixed date. */
const LONG_AGO = /(?:[?&;"' ]|\\u0026|%26)se=20(?:[01]\d|2[0-3])-/;

/**
 * Whether an Azure shared access signature starts at a hit of `sig=`: a signature of 32 bytes, with a version or an
 * expiry time near it, which is not before 2024.
 */
export function isSharedAccessSignature({ text, at, end }: Hit): boolean {
  SIGNATURE.lastIndex = end;
  if (!SIGNATURE.test(text)) return false;
  const before = text.slice(Math.max(0, at - SIGNATURE_REACH), at);
  const behind = text.slice(SIGNATURE.lastIndex, SIGNATURE.lastIndex + SIGNATURE_REACH);
  const beside = [lineEnd(before), behind.split('\n', 1)[0] ?? ''];
  return beside.some((part) => BESIDE.test(part)) && !beside.some((part) => LONG_AGO.test(part));
}

function lineEnd(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
