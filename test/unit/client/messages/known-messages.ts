const INSTALL = 'portable plugin create command error: fail to install plugin: ';

/** Row, message and where it is quoted from: what was reported or read in the source, and not recorded. */
export const NOTED: readonly (readonly [id: string, words: string, source: string])[] = [
  [
    'manifest-not-in-root',
    `${INSTALL}missing or invalid json file pysam.json`,
    'docs/messages.md#package, #2175',
  ],
  ['file-missing', `${INSTALL}missing mirror`, 'docs/messages.md#package, #3458'],
  ['source-yaml-missing', `${INSTALL}missing sources/pyjson.yaml`, 'docs/messages.md#package'],
  [
    'no-handshake',
    'plugin /p/x.py control handshake error: receive time out',
    'docs/messages.md#start',
  ],
  [
    'function-lost',
    'validate function pfn error: time out, plugin probe status running, message: .',
    'docs/messages.md#rules-and-status, #3784, #4077',
  ],
  [
    'internal-network',
    'dial tcp 10.43.152.227:9000: ip 10.43.152.227 is in internal network',
    'docs/messages.md#requests, #4061',
  ],
  [
    'outside-uploads',
    'portable plugin create command error: fail to download file file:///tmp/x.zip: file access denied: path must be under /kuiper/data/uploads',
    'docs/messages.md#requests',
  ],
  [
    'missing-loader',
    `${INSTALL}plugin executable /kuiper/plugins/portable/mirror/mirror stops with error fork/exec /kuiper/plugins/portable/mirror/mirror: no such file or directory`,
    'docs/messages.md#start, #2646',
  ],
  [
    'wrong-architecture',
    `${INSTALL}plugin executable /p/mirror stops with error fork/exec /p/mirror: exec format error`,
    'docs/messages.md#start',
  ],
  [
    'not-executable',
    `${INSTALL}plugin executable /p/x stops with error fork/exec /p/x: permission denied`,
    'docs/messages.md#start',
  ],
  [
    'one-directory-level',
    `${INSTALL}mkdirat models/v1: no such file or directory`,
    'docs/messages.md#package',
  ],
  ['special-file', `${INSTALL}openat lib/x.so: unsupported file mode`, 'docs/messages.md#package'],
  [
    'program-not-in-path',
    `${INSTALL}plugin executable /p/x.py stops with error exec: "python": executable file not found in $PATH`,
    'docs/messages.md#start, #2371',
  ],
  [
    'python-module-missing',
    "ModuleNotFoundError: No module named 'pynng'",
    'docs/messages.md#start',
  ],
  [
    'read-only-tmp',
    "can't create new control channel: can't listen on rep socket: listen unix /tmp/plugin_mirror.ipc: bind: read-only file system",
    'docs/messages.md#start, #2646',
  ],
  [
    'read-only-tmp',
    'listen unix /tmp/plugin_mirror.ipc: bind: read-only file system',
    'docs/messages.md#start',
  ],
  ['ack-timeout', 'ack error: send time out', 'docs/messages.md#rules-and-status, #3815'],
  [
    'duplicate',
    'portable plugin create command error: invalid name X: duplicate',
    'docs/messages.md#requests',
  ],
  [
    'not-found',
    'delete portable plugin X error: portable plugin X is not found',
    'docs/messages.md#requests',
  ],
  [
    'install-script-syntax',
    `${INSTALL}err:exit status 2 stdout: stderr:install.sh: 2: Syntax error: "(" unexpected`,
    'docs/messages.md#start',
  ],
  ['native-plugin', 'Invalid so or conf file missing', 'docs/messages.md#requests, #2175'],
  [
    'not-a-zip-url',
    'portable plugin create command error: invalid uri https://s3/x.zip?X-Amz-Date=1',
    'docs/messages.md#requests',
  ],
  [
    'native-plugin',
    'plugin was built with a different version of package',
    'docs/messages.md#requests, #2159',
  ],
  ['native-plugin', 'invalid ELF header', 'docs/messages.md#requests'],
  ['native-plugin', 'symbol not found', 'docs/messages.md#requests'],
  [
    'native-plugin',
    'plugin: symbol Mirror not found in plugin mirror',
    'docs/messages.md#requests, #3499',
  ],
  [
    'description-unreadable',
    'read source json file: open x.json',
    'docs/messages.md#requests, #3527',
  ],
  ['no-handshake', 'control handshake error', 'docs/messages.md#start'],
  ['wrong-architecture', 'exec format error', 'docs/messages.md#start'],
  ['program-not-in-path', 'exec: "python": executable file not found', 'docs/messages.md#start'],
  ['special-file', 'unsupported file mode', 'docs/messages.md#package'],
  ['path-escapes', 'path escapes from parent', 'docs/messages.md#package'],
  [
    'double-dots',
    'invalid file name: path traversal or absolute paths are not allowed',
    'docs/messages.md#package',
  ],
  ['no-such-path', '404 page not found', 'docs/messages.md#requests'],
  [
    'function-threw',
    '[{"error":"run Select error: alias: d expr: Call:{ name:pfn, args:[s1.n] } meet error, err:call func pfn error: Traceback (most recent call last):\\n  File \\"function.py\\", line 60, in do_run\\nTypeError: bad\\n"}]',
    'recorded 1.14.7, sendError',
  ],
  [
    'python-module-missing',
    'call func pfn error: Traceback (most recent call last):\n  File "main.py", line 3, in exec\nModuleNotFoundError: No module named \'cv2\'',
    'as recorded, a function that imports late',
  ],
  ['keep-alive', 'receive error: handshake', 'docs/messages.md#rules-and-status, #3967'],
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
  [
    'function-killed',
    'time out, plugin probe status error, message: signal: killed.',
    'docs/messages.md#rules-and-status',
  ],
  [
    'killed',
    `${INSTALL}plugin executable /p/x stops with error signal: killed`,
    'docs/messages.md#rules-and-status',
  ],
  ['token-missing', 'missing_token', 'docs/messages.md#tokens'],
  [
    'token-bearer',
    'validate token error: token is malformed: could not base64 decode header: illegal base64 data at input byte 6',
    'docs/messages.md#tokens',
  ],
  [
    'token-no-issuer',
    'validate token error: token is unverifiable: error while executing keyfunc: issuer field not exist in jwt payload',
    'docs/messages.md#tokens',
  ],
  [
    'token-unknown-key',
    'validate token error: token is unverifiable: error while executing keyfunc: not found target key file nobody.pub in /etc/mgmt',
    'docs/messages.md#tokens',
  ],
  [
    'token-expired',
    'validate token error: token has invalid claims: token is expired',
    'docs/messages.md#tokens',
  ],
  [
    'token-not-yet-valid',
    'validate token error: token has invalid claims: token is not valid yet',
    'docs/messages.md#tokens',
  ],
  [
    'token-audience',
    'audience field should contain eKuiper, but got [x]',
    'docs/messages.md#tokens',
  ],
  [
    'token-no-jwt',
    'validate token error: token is malformed: token contains an invalid number of segments',
    'docs/messages.md#tokens',
  ],
  [
    'token-signature',
    'validate token error: token signature is invalid: crypto/rsa: verification error',
    'docs/messages.md#tokens',
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
