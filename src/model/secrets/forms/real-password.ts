/** `${PW}`, `{password}`, `%s`, `$PW`, `***`: what is filled in, or was hidden. */
const FILLED_IN = /^[$%*#]|[{}[\]()*|]|\.\.\.|^(?:%[sdvr])$/;
/** What documents and the comments of libraries write: a file with it is no secret. */
const SAMPLE =
  /pass|ssword|p[a@4][s$5]{2}|pwd|secret|s3cr[e3]t$|example|sample|dummy|change|replace|insert|your|foo|bar|test|token|credential|abc|qwert|123456|xxx|admin|default|guest|welcome|letmein/i;
/** What passwords are kept as where they are checked. */
const HASH = /^(?:[0-9a-fA-F]{32,}|(?:pbkdf2|scrypt|bcrypt|argon2|sha\d|md5|\{)[\w:$-])/;

/** Whether a value is one that nobody writes for a sample: of two kinds of letters, capitals, digits and signs. */
export function isRealPassword(value: string): boolean {
  if (value.length < 6 || FILLED_IN.test(value) || SAMPLE.test(value)) return false;
  if (HASH.test(value) || /^[./~]/.test(value)) return false;
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length > 1;
}
