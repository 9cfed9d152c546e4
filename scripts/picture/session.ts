import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BIN, cleanEnv } from '../../test/bin/run.ts';
import { steady } from './steady.ts';

/** Stands for the interpreter of the machine that draws it. */
const PYTHON = '/usr/bin/python3';
/** Names that no test uses: the sockets of a plugin in /tmp have the names of the plugin and its functions. */
const INIT = 'init greeter --language python --source clock --function backwards --yes';
const HOST = '127.0.0.1:9081';
const ALL = Number.POSITIVE_INFINITY;
/** Timeout of a command in milliseconds. */
const LIMIT = 60_000;

const dim = (text: string): string => `\x1b[2m${text}\x1b[22m`;
const bold = (text: string): string => `\x1b[1m${text}\x1b[22m`;

/** Where the commands run, and with which environment. */
interface Shell {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs a first session in an empty folder with the real bin, and returns its output as a terminal shows it. `python`
 * is an interpreter with eKuiper's SDK. Throws when a command exits with an unexpected code.
 */
export async function session(folder: string, python: string): Promise<string> {
  const env = { NO_COLOR: '', FORCE_COLOR: '1', KPLUGIN_PYTHON: python };
  const free = { KPLUGIN_LISTEN: '127.0.0.1:0', KPLUGIN_SYMBOLS: 'off' };
  const shell: Shell = { folder, env: cleanEnv({ ...env, ...free }) };
  const shown: string[] = [];
  const show = (command: string, printed: string, comment = '', first = ALL, last = 0) => {
    const about = comment === '' ? '' : dim(`   # ${comment}`);
    shown.push(`${dim('$')} ${bold(`kplugin ${command}`)}${about}\n${cut(printed, first, last)}\n`);
  };

  show(INIT, await printed(shell, INIT), '', 1);
  const manifest = path.join(folder, 'greeter', 'greeter.json');
  const right = await readFile(manifest, 'utf8');
  await writeFile(manifest, right.replace('"main.py"', '"Main.py"'));
  const edited = '"executable" was changed to "Main.py"';
  show('validate greeter', await printed(shell, 'validate greeter', 1), edited);
  await writeFile(manifest, right);
  show('test greeter', await printed(shell, 'test greeter'), 'after the fix', 10, 1);
  show('pack greeter', await printed(shell, 'pack greeter'));

  const server = await served(shell);
  show('serve &', server.printed, '', 1);
  try {
    for (const command of ['install greeter-0.1.0.zip', 'list']) {
      const there = await printed(shell, `${command} --host ${server.host}`);
      show(`${command} --host ${HOST}`, there.replaceAll(server.host, HOST));
    }
  } finally {
    await server.stop();
  }
  return steady(shown.join('').replaceAll(server.host, HOST).replaceAll(python, PYTHON));
}

/**
 * The first and the last lines of a command's output, without the suggested next commands; `…` replaces the lines
 * between.
 */
function cut(printed: string, first: number, last: number): string {
  const [result = ''] = printed.split(/\n\n[^\n]*Next:/);
  const lines = result.trimEnd().split('\n');
  if (lines.length <= first + last) return lines.join('\n');
  return [...lines.slice(0, first), dim('…'), ...lines.slice(lines.length - last)].join('\n');
}

/** The output of a command on stdout and stderr, in the order in which it was written. */
async function printed({ folder, env }: Shell, command: string, code = 0): Promise<string> {
  const file = path.join(folder, 'printed');
  const both = await open(file, 'w');
  const stdio = ['ignore', both.fd, both.fd] as const;
  const child = spawn(process.execPath, [BIN, ...command.split(' ')], {
    cwd: folder,
    env,
    stdio: [...stdio],
    timeout: LIMIT,
  });
  const [ended] = await once(child, 'close');
  await both.close();
  const text = await readFile(file, 'utf8');
  if (ended !== code) throw new Error(`kplugin ${command} ended with ${ended}:\n${text}`);
  return text;
}

/** Starts `kplugin serve` on a free port and waits until it answers; `host` is its address. */
async function served({ folder, env }: Shell) {
  const child = spawn(process.execPath, [BIN, 'serve'], { cwd: folder, env, timeout: LIMIT });
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  let text = '';
  const host = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        const [, address] = /http:\/\/(127\.0\.0\.1:\d+)[\s\S]*Ctrl-C/.exec(text) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
    closed.then(
      ([code]) => reject(new Error(`kplugin serve ended with ${code}:\n${text}`)),
      reject,
    );
  });
  return { host, printed: text, stop };
}
