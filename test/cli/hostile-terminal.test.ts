import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { temporaryFolders } from '../fixtures/tree.ts';
import { systemPython } from '../toolchain/python.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';

const folder = temporaryFolders();

/** Runs a command with a terminal on stdin, stdout and stderr, and writes what came to its own stdout. */
const PTY = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
os.waitpid(pid, 0)
`;

/** A title, a colour, a C1 sequence, text turned around, a hidden tag and joiner, a carriage return. */
const EVIL =
  '\u001b]0;pwned\u0007\u001b[5mblink\u009b2J\u202eabc\u2066\u200b\u200d\u061c\u{e0041}\rx\u007f';

function onTerminal(python: string, args: readonly string[], cwd: string): Promise<string> {
  const env = { ...cleanEnv(), NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm' };
  const child = spawn(python, ['-c', PTY, process.execPath, BIN, ...args], { cwd, env });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) =>
    child.once('close', () => resolve(Buffer.concat(parts).toString('utf8'))),
  );
}

/** What is left when kplugin's own colours, and the line ends that a terminal makes, are taken away. */
function foreign(output: string): readonly string[] {
  let rest = output.replaceAll('\r\n', '\n');
  for (const sequence of OWN) rest = rest.replaceAll(sequence, '');
  return rest.match(OBEYED) ?? [];
}

/** Colours, and what progress does with its own line: begin it anew, clear it. */
const OWN = [...[1, 2, 22, 31, 32, 33, 36, 39].map((code) => `\u001b[${code}m`), '\r\u001b[2K'];
const OBEYED =
  /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

function hostileProject(): string {
  const manifest = {
    version: `1.0${EVIL}`,
    language: 'python',
    executable: 'main.py',
    sources: [EVIL],
    sinks: ['good'],
    functions: [`f${EVIL}`],
    [EVIL]: EVIL,
  };
  const project = folder({
    'probe.json': JSON.stringify(manifest),
    'main.py': `print("${EVIL}")\n`,
    'sources/x.yaml': `default:\n  key${EVIL}: 1\n`,
    [`sinks/s\u001b[5m\u202e.json`]: `{"about": {"author": "${EVIL}"}}`,
    [`lib/a\u001b]0;x\u0007\u200b.py`]: '',
    '.kpluginignore': `*.log\n# ${EVIL}\n`,
    'tests/cases.yaml': `cases:\n  - { name: "a\\e[31m\\u202e", function: nope, args: [] }\n`,
  });
  const zip = makeZip([
    { name: 'probe.json', text: JSON.stringify(manifest) },
    { name: `lib/${EVIL}.py`, text: EVIL },
    { name: 'install.sh', text: `echo ${EVIL}\n` },
  ]);
  writeFileSync(path.join(project, 'evil.zip'), zip);
  return project;
}

/** An eKuiper whose every answer is hostile. */
async function hostileHost(isTame = false): Promise<string> {
  const plugin = {
    name: EVIL,
    version: EVIL,
    language: EVIL,
    executable: EVIL,
    sources: [EVIL],
    sinks: null,
    functions: [EVIL],
  };
  const server = createServer((request, response) => {
    if (request.url === '/')
      response.end(JSON.stringify({ version: '2.4.0', os: EVIL, arch: EVIL, upTimeSeconds: 1 }));
    else if (request.url === '/plugins/portables') response.end(JSON.stringify([plugin]));
    else if (request.url === '/rules')
      response.end(JSON.stringify([{ id: EVIL, name: EVIL, status: EVIL }]));
    else if (isTame) response.end(JSON.stringify({ ...plugin, status: 'running', errMsg: '' }));
    else response.writeHead(400).end(JSON.stringify({ error: 1000, message: EVIL }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server has a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const LOCAL: readonly (readonly string[])[] = [
  ['validate'],
  ['validate', '--json'],
  ['validate', '--format', 'github'],
  ['pack', '--dry-run'],
  ['pack', '--explain'],
  ['pack', '--explain', '--json'],
  ['inspect', 'evil.zip'],
  ['inspect', 'evil.zip', '--list'],
  ['diff', '.', 'evil.zip'],
  ['diff', '.', 'evil.zip', '--json'],
  ['doctor'],
  ['test', '--list'],
  ['explain', EVIL],
  ['add', 'source', EVIL],
  [EVIL],
  ['install', EVIL],
];

const REMOTE: readonly (readonly string[])[] = [
  ['list'],
  ['list', '--json'],
  ['status', EVIL],
  ['describe', EVIL],
  ['describe', EVIL, '--json'],
  ['history'],
  ['doctor'],
  ['restart', EVIL, '--no-input'],
  ['remove', EVIL, '--no-input'],
  ['rollback', EVIL, '--dry-run'],
  ['install', 'evil.zip', '--dry-run'],
];

await describeOnUnixWith('on a terminal', systemPython, (python) => {
  it('what a plugin says is shown and never obeyed', async () => {
    const cwd = hostileProject();
    for (const args of LOCAL) {
      const output = await onTerminal(python, args, cwd);
      expect({ args, obeyed: foreign(output), isEmpty: output === '' }).toEqual({
        args,
        obeyed: [],
        isEmpty: false,
      });
    }
    // The plugin's own words came through, made visible.
    expect(await onTerminal(python, ['pack', '--explain'], cwd)).toContain('\\x1b');
    expect(await onTerminal(python, ['validate', '--json'], cwd)).toContain('\\u202e');
  });

  it('what a host answers is shown and never obeyed', async () => {
    const cwd = hostileProject();
    const host = await hostileHost();
    for (const args of REMOTE) {
      const output = await onTerminal(python, [...args, '--host', host], cwd);
      expect({ args, obeyed: foreign(output), isEmpty: output === '' }).toEqual({
        args,
        obeyed: [],
        isEmpty: false,
      });
    }
  });

  it('the JSON for programs has the true names, on a terminal as well as in a pipe', async () => {
    const cwd = hostileProject();
    const host = await hostileHost(true);
    const onHost = ['list', '--json', '--host', host];
    const inPackage = ['inspect', 'evil.zip', '--json'];
    for (const args of [onHost, inPackage]) {
      const { stdout } = await kplugin(args, { cwd });
      const parsed = JSON.parse(stdout);
      expect(JSON.stringify(parsed)).toContain(JSON.stringify(EVIL).slice(1, -1));
      const terminal = await onTerminal(python, args, cwd);
      const timeless = (key: string, value: unknown) => (key === 'ms' ? 0 : value);
      expect(JSON.parse(terminal, timeless)).toEqual(JSON.parse(stdout, timeless));
    }
    const [{ plugins }] = JSON.parse((await kplugin(onHost, { cwd })).stdout).data.hosts;
    const [{ name, version }] = plugins;
    expect({ name, version }).toEqual({ name: EVIL, version: EVIL });
    const { stdout } = await kplugin(['validate', '--json'], { cwd });
    const files: string[] = JSON.parse(stdout).data.findings.map(
      ({ file }: { file: string }) => file,
    );
    expect(files).toContain('sinks/s\u001b[5m\u202e.json');
  });
});
