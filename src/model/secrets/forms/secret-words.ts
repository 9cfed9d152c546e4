/**
 * Names of keys that hold secrets, for findings and for masking. `strong`: the value is always a secret; a space
 * stands for nothing, `-`, `_` or `.`. `weak`: as the last word of a key it may be one, and the value decides.
 * `whole`: strong, but only after one of {@link FRONTS} or alone, because other words end with it too.
 */
export const SECRET_WORDS = {
  strong: [
    ...['pass word', 'passwd', 'pass phrase', 'pass code', 'pwd', 'secret', 'secret key'],
    ...['secret access key', 'token', 'api key', 'access key', 'access key secret', 'account key'],
    ...['shared key', 'shared access key', 'private key', 'private key raw', 'credential'],
    ...['credentials', 'creds', 'connection string', 'conn str', 'authorization', 'dsn', 'psk'],
    'pre shared key',
    // Of HTTP and clouds: the value itself grants access.
    ...['cookie', 'bearer', 'jwt', 'basic auth', 'auth key', 'app key', 'sas key', 'hmac key'],
    ...['encryption key', 'signing key', 'master key', 'session key', 'subscription key'],
    ...['license key', 'aes key'],
    // Password, pass phrase, secret key and token in other languages.
    ...['passwort', 'kennwort', 'geheimnis', 'mot de passe', 'contraseña', 'contrasena', 'senha'],
    ...['wachtwoord', 'lösenord', 'losenord', 'hasło', 'heslo', 'şifre', 'пароль', 'секрет'],
    ...[
      '密码',
      '密碼',
      '口令',
      '密钥',
      '密鑰',
      '令牌',
      'パスワード',
      '暗証番号',
      '비밀 번호',
      '패스워드',
      '암호',
    ],
  ],
  whole: ['pass', 'pw', 'mdp', 'mima'],
  weak: [
    ...['sig', 'signature', 'sas', 'ak', 'sk', 'otp', 'totp', 'auth', 'hmac', 'sid', 'session id'],
    ...['sessid', 'webhook', 'parola', 'haslo', 'key'],
  ],
} as const;

/** Words before a `whole` word. */
export const FRONTS =
  'user|db|auth|login|mqtt|smtp|sasl|root|admin|ftp|ssh|wifi|redis|mysql|broker|client';

/** `primaryKey`, `topic_key`: keys that are not secrets, and words with the same end. */
export const OTHER_KEYS =
  /(?:primary|partition|sort|foreign|topic|map|group|row|cache|index|unique|composite|natural|surrogate|join|range|order|routing|message|record|field|column|object|json|dict|meta|config|dedup|idempotency|lookup|shard|cluster|candidate|super|parent|child|data|tag|event|name|id|input|output|source|dest|destination|target|i18n|translation|label|hot|arrow|home|short|public|pub|verify|verification|host|table|property|attribute|metric|sensor|value|registry|by|with|has|is|on|no|any|each|mon|tur|whis|don|hoc|joc|mic|coc|lac)$/;
