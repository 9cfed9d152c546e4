/**
 * Every message that six real eKuipers wrote in the recorded answers, with the row that explains it. `$HOME` is the
 * server's folder, PORT what differed each time; long ones are shortened as `shortened` does.
 */
export const RECORDED: readonly (readonly [id: string, words: string])[] = [
  [
    'bad-request-body',
    "Invalid body: Error decoding the portable plugin json: invalid character 'n' looking for beginning of object key string",
  ],
  [
    'conda-without-env',
    'portable plugin create command error: fail to install plugin: fail to start plugin probe: runtime error: invalid memory address or nil pointer dereference',
  ],
  ['conda-without-env', 'runtime error: invalid memory address or nil pointer dereference'],
  [
    'delete-upload-gone',
    'Error deleting the file: remove $HOME/data/uploads/probe.zip: no such file or directory',
  ],
  ['delete-upload-gone', 'Error deleting the file: removeat probe.zip: no such file or directory'],
  [
    'double-dots',
    'portable plugin create command error: fail to install plugin: invalid file name: path traversal or absolute paths are not allowed: "../evil.txt"',
  ],
  [
    'double-dots',
    'portable plugin create command error: fail to install plugin: invalid file name: path traversal or absolute paths are not allowed: "a..b.txt"',
  ],
  ['duplicate', 'portable plugin create command error: invalid name probe: duplicate'],
  ['empty-name', 'portable plugin create command error: invalid name : should not be empty'],
  [
    'executable-dot-slash',
    'portable plugin create command error: fail to install plugin: missing ./main.py',
  ],
  ['file-missing', 'portable plugin update command error: fail to install plugin: missing main.py'],
  ['file-missing', 'portable plugin create command error: fail to install plugin: missing main.py'],
  [
    'function-crashed',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: validate function pfn error: time out, plugin probe status error, message: exit status 3.',
  ],
  [
    'function-killed',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: time out, plugin probe status error, message: signal: killed.',
  ],
  [
    'function-killed',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: time out, plugin probe status error, message: signal: killed.',
  ],
  [
    'function-killed',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: time out, plugin probe status error, message: signal: killed.',
  ],
  [
    'function-killed',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: time out, plugin probe status error, message: signal: killed.',
  ],
  [
    'function-lost',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: time out, plugin probe status running, message: .',
  ],
  [
    'function-lost',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: time out, plugin probe status running, message: .',
  ],
  [
    'function-lost',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: time out, plugin probe status running, message: .',
  ],
  [
    'function-lost',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: validate function pfn error: time out, plugin probe status running, message: .',
  ],
  [
    'function-lost',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: validate function pfn error: time out, plugin probe status running, message: .',
  ],
  [
    'function-lost',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: validate function pfn error: time out, plugin probe status running, message: .',
  ],
  [
    'function-silent',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: receive time out.',
  ],
  [
    'function-silent',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: receive time out.',
  ],
  [
    'function-silent',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: receive time out.',
  ],
  [
    'function-silent',
    'start rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: receive time out.',
  ],
  [
    'function-silent',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: receive time out.',
  ],
  [
    'function-silent',
    'invalid rule json: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: receive time out.',
  ],
  [
    'function-sink-not-ready',
    'restart rule error: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: validate function pfn error: time out, plugin probe status error, message: receive error: Traceback … rr)\npynng.exceptions.ConnectionRefused: Connection refused\n.',
  ],
  [
    'function-unsent',
    "invalid rule json: Parse SQL SELECT n, pfn(n) AS d, pfn2(n) AS e FROM s1 error: can't send message on function rep socket: receive time out.",
  ],
  [
    'function-unsent',
    "restart rule error: Parse SQL SELECT n, pfn(n) AS d FROM s1 error: can't send message on function rep socket: receive time out.",
  ],
  [
    'install-script-failed',
    'portable plugin create command error: fail to install plugin: err:exit status 3 stdout:some out\n stderr:some "err"',
  ],
  [
    'internal-network',
    'portable plugin create command error: fail to download file http://127.0.0.1:PORT/probe.zip: Get "http://127.0.0.1:PORT/probe.zip": dial tcp 127.0.0.1:PORT: ip 127.0.0.1 is in internal network',
  ],
  [
    'manifest-bom',
    "portable plugin create command error: fail to install plugin: invalid character 'ï' looking for beginning of value",
  ],
  [
    'manifest-comment',
    "portable plugin create command error: fail to install plugin: invalid character '/' looking for beginning of value",
  ],
  [
    'manifest-language',
    "portable plugin create command error: fail to install plugin: invalid plugin, language 'Python' is not supported",
  ],
  [
    'manifest-no-language',
    'portable plugin create command error: fail to install plugin: invalid plugin, missing language',
  ],
  [
    'manifest-no-symbols',
    'portable plugin create command error: fail to install plugin: invalid plugin, must define at lease one source, sink or function',
  ],
  [
    'manifest-not-in-root',
    'portable plugin create command error: fail to install plugin: missing or invalid json file probe.json, found 9 files in total',
  ],
  [
    'manifest-other-name',
    "portable plugin create command error: fail to install plugin: invalid plugin, expect name 'probe' but got 'other'",
  ],
  [
    'manifest-trailing-comma',
    "portable plugin create command error: fail to install plugin: invalid character '}' looking for beginning of object key string",
  ],
  [
    'manifest-wrong-type',
    'portable plugin create command error: fail to install plugin: json: cannot unmarshal number into Go struct field PluginInfo.PluginMeta.version of type string',
  ],
  ['no-file', 'portable plugin create command error: invalid uri'],
  [
    'no-handshake',
    'portable plugin create command error: fail to install plugin: plugin $HOME/plugins/portable/probe/main.py control handshake error: receive time out',
  ],
  [
    'no-handshake',
    'portable plugin update command error: fail to install plugin: plugin $HOME/plugins/portable/probe/main.py control handshake error: receive time out',
  ],
  ['no-such-path', '404 page not found'],
  [
    'not-a-zip',
    'portable plugin create command error: fail to install plugin: zip: not a valid zip file',
  ],
  ['not-a-zip-url', 'portable plugin create command error: invalid uri file:///tmp/x.tar.gz'],
  [
    'not-executable',
    'portable plugin create command error: fail to install plugin: plugin executable $HOME/plugins/portable/probe/main.py stops with error fork/exec $HOME/plugins/portable/probe/main.py: permission denied',
  ],
  ['not-executable', 'fork/exec $HOME/plugins/portable/probe/main.py: permission denied'],
  ['not-found', 'describe portable plugin nope error: not found'],
  ['not-found', 'delete portable plugin nope error: portable plugin nope is not found'],
  ['not-found', 'describe portable plugin probe error: not found'],
  ['not-found', 'portable plugin nope not found: not found'],
  ['not-found', 'portable plugin probe not found: not found'],
  [
    'one-directory-level',
    'portable plugin create command error: fail to install plugin: mkdirat models/v1: no such file or directory',
  ],
  [
    'package-empty',
    'portable plugin create command error: fail to install plugin: missing or invalid json file probe.json, found 0 files in total',
  ],
  [
    'path-escapes',
    'portable plugin create command error: fail to install plugin: openat ../evil.txt: path escapes from parent',
  ],
  [
    'path-escapes',
    'portable plugin create command error: fail to install plugin: mkdirat ..: path escapes from parent',
  ],
  [
    'program-not-in-path',
    'portable plugin create command error: fail to install plugin: plugin executable $HOME/plugins/portable/probe/main.py stops with error exec: "conda": executable file not found in $PATH',
  ],
  ['program-not-in-path', 'exec: "conda": executable file not found in $PATH'],
  ['rule-not-found', 'Delete rule error: rule r1 not found'],
  [
    'source-yaml-missing',
    'portable plugin create command error: fail to install plugin: missing sources/psrc.yaml',
  ],
  [
    'special-file',
    'portable plugin create command error: fail to install plugin: openat link: unsupported file mode',
  ],
  ['status-exited', 'exit status 3'],
  ['status-killed', 'signal: killed'],
  ['status-no-handshake', 'receive time out'],
  ['symbol-undescribed', 'This plugin was not found:psrc'],
  ['symbol-undescribed', 'This plugin was not found:sources.psrc'],
  [
    'upload-gone',
    'portable plugin create command error: fail to download file file:///tmp/kplugin-does-not-exist.zip: stat /tmp/kplugin-does-not-exist.zip: no such file or directory',
  ],
  [
    'virtual-env-type',
    'portable plugin create command error: fail to install plugin: fail to start plugin probe: unsupported virtual type: venv',
  ],
  ['virtual-env-type', 'unsupported virtual type: venv'],
];
