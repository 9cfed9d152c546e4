import type { Hit } from './private-key-text.ts';
import { isRealPassword } from './real-password.ts';
import { looksRandom } from './weak-keys.ts';

/** What such a password is called in a finding. */
export const CLEAR_PASSWORD = 'a password in clear text';

/** What names end with whose value is a password: `MQTT_PASSWORD`, `spring.datasource.password`, `DB_PASS`, `wifi_psk`. */
export const PASSWORD_NAMES: readonly string[] = [
  ...['password', 'Password', 'PASSWORD', 'passwd', 'PASSWD', '_pass', '_PASS'],
  ...['Pwd', 'pwd', 'PWD', 'psk', 'PSK'],
];

const QUOTED =
  /\d{0,2}\\{0,4}["']?\]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}[rbu]?\\{0,4}(["'`])([^\s"'`\\]{8,64})\\{0,4}\1/y;
/** To the end of a line, or of a part of a URL or a connection string. */
const PLAIN =
  /\d{0,2}[ \t]{0,8}[:=][ \t]{0,8}([^\s"'`;&<>(),\\]{8,64})(?=[ \t]{0,8}(?:[\r\n;&"'`]|\\|\.\.\.$|$))/y;

/**
 * Whether a password in clear text stands behind a hit of {@link PASSWORD_NAMES}. Programs, documents and tests are full
 * of names, samples and hashes: only what nobody writes for one counts, and without quotes what a machine has made.
 */
export function isClearPassword({ text, end }: Hit): boolean {
  QUOTED.lastIndex = end;
  const literal = QUOTED.exec(text)?.[2];
  if (literal !== undefined) return isRealPassword(literal) && kindsIn(literal) > 2;
  PLAIN.lastIndex = end;
  const plain = PLAIN.exec(text)?.[1] ?? '';
  return isRealPassword(plain) && kindsIn(plain) > 2 && looksRandom(plain);
}

function kindsIn(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length;
}
