import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();

/** A name that goes on as a line of kplugin's own would begin. */
const NAME = 'x\nFORGED\n  FORGED\r\nFORGED';

/** Lines that begin as kplugin's own; the text of a server below "why" is indented deeper than any of these. */
function forged(output: string): string[] {
  return output.split('\n').filter((line) => /^ {0,6}FORGED/.test(line));
}

function manifest(name: string): string {
  return JSON.stringify({
    version: name,
    language: 'python',
    executable: 'main.py',
    sources: [name],
    sinks: [`${name}2`],
    functions: [`f${name}`, 'shout'],
    [name]: name,
  });
}

let project = '';

/** Every name and text in it is {@link NAME}, where a file system and the formats allow one. */
function makeProject(): string {
  const made = folder({
    'probe.json': manifest(NAME),
    'main.py': `print("x")\n`,
    [`lib/${NAME}.py`]: '',
    [`${NAME}/a.py`]: '',
    [`${NAME}.env`]: 'PASSWORD=hush\n',
    [`keys/${NAME}.pem`]: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
    'sources/x.yaml': 'default:\n  "k\\nFORGED": 1\n',
    [`sinks/${NAME}.json`]: `{"about": {"author": {"name": ${JSON.stringify(NAME)}}}}`,
    [`functions/f${NAME}.json`]: '{"name": 1}',
    '.kpluginignore': '*.log\n',
    'tests/cases.yaml': 'cases:\n  - { name: "a\\nFORGED", function: "nope\\nFORGED", args: [] }\n',
    'good/probe.json': manifest('1.0.0'),
  });
  const zip = makeZip([
    { name: 'probe.json', text: manifest(NAME) },
    { name: `lib/${NAME}.py`, text: 'print(2)\n' },
    { name: `${NAME}.sh`, text: 'x' },
    { name: 'main.py', text: 'x\n', mode: '600' },
  ]);
  writeFileSync(path.join(made, `e${NAME}.zip`), zip);
  writeFileSync(path.join(made, 'trailing.zip'), Buffer.concat([zip, Buffer.from('x')]));
  mkdirSync(path.join(made, 'config'));
  const hosts = {
    hosts: { edge: { address: `127.0.0.1:1${NAME}` } },
    groups: { [NAME]: ['edge'] },
    [NAME]: 1,
  };
  writeFileSync(path.join(made, 'config/hosts.json'), JSON.stringify(hosts));
  return made;
}

/** An eKuiper of which every name and text is {@link NAME}. */
async function hostileHost(): Promise<string> {
  const plugin = {
    name: NAME,
    version: NAME,
    language: NAME,
    executable: NAME,
    virtualEnvType: NAME,
    env: NAME,
    sources: [NAME],
    sinks: null,
    functions: [`f${NAME}`],
  };
  const sql = `SELECT * FROM demo WHERE \`f${NAME}\`(a)`;
  const rule = { id: NAME, sql, actions: [{ [NAME]: {} }] };
  const registration = { name: NAME, file: `file:///uploads/${NAME}.zip`, shellParas: [NAME] };
  const answers: Readonly<Record<string, unknown>> = {
    '/': { version: '2.4.0', os: NAME, arch: NAME, upTimeSeconds: 1 },
    '/plugins/portables': [plugin, { ...plugin, name: 'two' }],
    '/rules': [{ id: NAME, name: NAME, status: NAME }],
    '/config/uploads': [`/uploads/${NAME}.zip`, `/uploads/${NAME}-1-0123abcd.zip`],
    '/data/export': {
      portablePlugins: { [NAME]: JSON.stringify(registration) },
      rules: { [NAME]: JSON.stringify(rule) },
    },
  };
  const status = {
    status: 'error',
    errMsg: NAME,
    refCount: { [NAME]: 1 },
    message: NAME,
    [`op_${NAME}_0_records_in_total`]: 1,
    [`op_${NAME}_0_exceptions_total`]: 1,
    [`op_${NAME}_0_last_exception`]: NAME,
  };
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    const known = Object.hasOwn(answers, url) ? answers[url] : undefined;
    if (known !== undefined) response.end(JSON.stringify(known));
    else if (url.endsWith('/status')) response.end(JSON.stringify(status));
    else if (url === `/plugins/portables/${NAME}`) response.end(JSON.stringify(plugin));
    else if (url === `/rules/${NAME}`) response.end(JSON.stringify(rule));
    else response.writeHead(400).end(JSON.stringify({ error: 1000, message: NAME }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server has a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ZIP = `e${NAME}.zip`;

const LOCAL: readonly (readonly string[])[] = [
  ['validate'],
  ['validate', ZIP],
  ['validate', '--format', 'github'],
  ['pack'],
  ['pack', '--dry-run'],
  ['pack', '--explain'],
  ['pack', '--check', '-o', ZIP],
  ['pack', '--check', '-o', NAME],
  ['pack', '--from', ZIP, '-o', `${NAME}.zip`],
  ['pack', '--from', ZIP, '--dry-run'],
  ['pack', '--from', NAME],
  ['inspect'],
  ['inspect', ZIP],
  ['inspect', ZIP, '--list'],
  ['inspect', 'trailing.zip', '--list'],
  ['diff', '.', ZIP],
  ['diff', ZIP, 'trailing.zip'],
  ['diff', 'good', ZIP],
  ['doctor'],
  ['test', '--list'],
  ['test'],
  ['test', ZIP],
  ['test', NAME],
  ['test', '.', NAME],
  ['serve', '.', '--listen', '127.0.0.1:0'],
  ['serve', ZIP, '--listen', '127.0.0.1:0'],
  ['serve', NAME],
  ['dev', NAME],
  ['dev', '.', '--watch-file', `../${NAME}`],
  ['host', 'list'],
  ['host', 'show', NAME],
  ['host', 'use', NAME],
  ['host', 'add', NAME, 'edge1:9081'],
  ['host', 'remove', NAME],
  ['host', 'keygen', NAME],
  ['host', 'test', NAME],
  ['list', '--group', NAME],
  ['list', '--host', NAME],
  ['list', '--host', 'edge'],
  ['schema', NAME],
  ['schema', '--out', `probe.json/${NAME}`],
  ['explain', NAME],
  ['add', 'source', NAME],
  ['add', NAME, 'x'],
  ['init', NAME],
  ['init', 'new', '--source', NAME],
  [NAME],
  ['install', NAME, '--host', '127.0.0.1:1'],
];

const REMOTE: readonly (readonly string[])[] = [
  ['list'],
  ['list', '--host', 'localhost:1'],
  ['status', NAME],
  ['status', 'two'],
  ['status', NAME, '--host', 'localhost:1'],
  ['describe', NAME],
  ['describe', 'none'],
  ['history'],
  ['history', NAME],
  ['history', '--host', 'localhost:1'],
  ['doctor'],
  ['restart', NAME, '--no-input'],
  ['restart', NAME, '--yes'],
  ['remove', NAME, '--no-input'],
  ['remove', NAME, '--yes'],
  ['remove', NAME, '--yes', '--force'],
  ['remove', NAME, '--yes', '--host', 'localhost:1'],
  ['rollback', NAME, '--dry-run'],
  ['rollback', NAME, '--to', NAME, '--yes'],
  ['install', ZIP, '--dry-run'],
  ['install', ZIP, '--force', '--yes'],
  ['install', ZIP, '--force', '--yes', '--host', 'localhost:1'],
  ['install', `http://127.0.0.1:1/${NAME}.zip`],
  ['diff', ZIP],
  ['diff', '.'],
  ['host', 'test'],
];

async function outputOf(args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await kplugin(args, {
    cwd: project,
    env: { KPLUGIN_CONFIG: path.join(project, 'config'), KPLUGIN_RETRIES: '0' },
  });
  return stdout + stderr;
}

describe('no name goes on in a line of its own', () => {
  beforeAll(() => {
    project = makeProject();
  });

  it.each(LOCAL)('kplugin %j %j %j %j', async (...args) => {
    const output = await outputOf(args);
    expect(output).not.toBe('');
    expect(forged(output)).toEqual([]);
  });

  it.each(REMOTE)('kplugin --host … %j %j %j %j', async (...args) => {
    const output = await outputOf([...args, '--host', await hostileHost()]);
    expect(output).not.toBe('');
    expect(forged(output)).toEqual([]);
  });
});
