const INSTALL = 'portable plugin create command error: fail to install plugin: ';

/** Row, message and where it is quoted from: what was reported or read in the source, and not recorded. */
export const NOTED: readonly (readonly [id: string, words: string, source: string])[] = [
  [
    'manifest-not-in-root',
    `${INSTALL}missing or invalid json file pysam.json`,
    'notes §1.1, #2175',
  ],
  ['file-missing', `${INSTALL}missing mirror`, 'notes §1.2, #3458'],
  ['source-yaml-missing', `${INSTALL}missing sources/pyjson.yaml`, 'notes §1.2'],
  ['no-handshake', 'plugin /p/x.py control handshake error: receive time out', 'notes §1.3'],
  [
    'function-lost',
    'validate function pfn error: time out, plugin probe status running, message: .',
    'notes §1.4, #3784, #4077',
  ],
  [
    'internal-network',
    'dial tcp 10.43.152.227:9000: ip 10.43.152.227 is in internal network',
    'notes §1.5, #4061',
  ],
  [
    'outside-uploads',
    'portable plugin create command error: fail to download file file:///tmp/x.zip: file access denied: path must be under /kuiper/data/uploads',
    'notes §1.6',
  ],
  [
    'missing-loader',
    `${INSTALL}plugin executable /kuiper/plugins/portable/mirror/mirror stops with error fork/exec /kuiper/plugins/portable/mirror/mirror: no such file or directory`,
    'notes §1.8, #2646',
  ],
  [
    'wrong-architecture',
    `${INSTALL}plugin executable /p/mirror stops with error fork/exec /p/mirror: exec format error`,
    'notes §1.8',
  ],
  [
    'not-executable',
    `${INSTALL}plugin executable /p/x stops with error fork/exec /p/x: permission denied`,
    'notes §1.9',
  ],
  ['one-directory-level', `${INSTALL}mkdirat models/v1: no such file or directory`, 'notes §1.10'],
  ['special-file', `${INSTALL}openat lib/x.so: unsupported file mode`, 'notes §1.11'],
  [
    'program-not-in-path',
    `${INSTALL}plugin executable /p/x.py stops with error exec: "python": executable file not found in $PATH`,
    'notes §1.12, #2371',
  ],
  ['python-module-missing', "ModuleNotFoundError: No module named 'pynng'", 'notes §1.12'],
  [
    'read-only-tmp',
    "can't create new control channel: can't listen on rep socket: listen unix /tmp/plugin_mirror.ipc: bind: read-only file system",
    'notes §1.14, #2646',
  ],
  [
    'read-only-tmp',
    'listen unix /tmp/plugin_mirror.ipc: bind: read-only file system',
    'notes §1.14',
  ],
  ['ack-timeout', 'ack error: send time out', 'notes §1.15, #3815'],
  ['duplicate', 'portable plugin create command error: invalid name X: duplicate', 'notes §1.17'],
  ['not-found', 'delete portable plugin X error: portable plugin X is not found', 'notes §1.18'],
  [
    'install-script-syntax',
    `${INSTALL}err:exit status 2 stdout: stderr:install.sh: 2: Syntax error: "(" unexpected`,
    'notes §1.19',
  ],
  ['native-plugin', 'Invalid so or conf file missing', 'notes §1.23, #2175'],
  [
    'not-a-zip-url',
    'portable plugin create command error: invalid uri https://s3/x.zip?X-Amz-Date=1',
    'notes §1.26',
  ],
  ['native-plugin', 'plugin was built with a different version of package', 'notes §1.30, #2159'],
  ['native-plugin', 'invalid ELF header', 'notes §1.30'],
  ['keep-alive', 'receive error: handshake', 'notes §2e, #3967'],
  [
    'died-before-handshake',
    `${INSTALL}plugin /p/main.py control handshake error: receive time out\nkplugin: the process ended after 10 ms, before its handshake (exit status 3)\nIts last words:\n  boo`,
    "kplugin's embedded host",
  ],
  [
    'python-module-missing',
    `${INSTALL}plugin /p/main.py control handshake error: receive time out\nkplugin: the process ended\n  No module named 'ekuiper'`,
    "kplugin's embedded host",
  ],
  ['function-lost', 'time out, plugin probe status running, message: .', 'function.go@v2.4.0'],
  ['function-killed', 'time out, plugin probe status error, message: signal: killed.', 'N3'],
  ['killed', `${INSTALL}plugin executable /p/x stops with error signal: killed`, 'N3'],
  ['token-missing', 'missing_token', 'N15'],
  [
    'token-bearer',
    'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 6',
    'N15',
  ],
  [
    'token-no-issuer',
    'validate token error: token is unverifiable: error while executing keyfunc: issuer field not exist in jwt payload',
    'N15',
  ],
  [
    'token-unknown-key',
    'validate token error: token is unverifiable: error while executing keyfunc: not found target key file nobody.pub in /etc/mgmt',
    'N15',
  ],
  ['token-expired', 'validate token error: token has invalid claims: token is expired', 'N15'],
  [
    'token-not-yet-valid',
    'validate token error: token has invalid claims: token is not valid yet',
    'N15',
  ],
  ['token-audience', 'audience field should contain eKuiper, but got [x]', 'N15'],
  [
    'token-no-jwt',
    'validate token error: token is malformed: token contains an invalid number of segments',
    'N15',
  ],
  [
    'token-signature',
    'validate token error: token signature is invalid: crypto/rsa: verification error',
    'N15',
  ],
  [
    'token-no-jwt',
    'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 0',
    'asked of 2.4.0',
  ],
  ['token-audience', 'audience field should contain eKuiper, but got []', 'asked of 2.4.0'],
  [
    'token-algorithm',
    "validate token error: token signature is invalid: token is unverifiable: 'none' signature type is not allowed",
    'asked of 2.4.0',
  ],
  [
    'token-algorithm',
    'validate token error: token signature is invalid: key is of invalid type: HMAC verify expects []byte',
    'asked of 2.4.0',
  ],
  [
    'token-public-key',
    'validate token error: token is unverifiable: error while executing keyfunc: asn1: structure error: integer too large',
    'asked of 2.4.0',
  ],
];
