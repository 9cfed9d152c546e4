import { resolve } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { TARGETS, type Target } from '../../model/target.ts';
import type { Action } from '../command.ts';
import type { serve } from '../commands/serve.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { findPython, isExecutable } from '../serve/find-python.ts';
import { eventText, servedText } from '../serve/log-text.ts';
import { serveUntil } from '../serve/serve-until.ts';
import {
  absoluteProgram,
  isLoopback,
  parseInitTimeout,
  parseListen,
  refuseWindows,
} from '../serve/settings.ts';
import { parseTarget } from '../target-flag.ts';
import { type Style, styleFor, wantsColor } from '../terminal/style.ts';

export const run: Action<typeof serve.flags> = async ({ flags }, context) => {
  refuseWindows(process.platform);
  const { env, cwd, talk, signal } = context;
  const target = parseTarget(flags.target);
  const listen = parseListen(flags.listen);
  const initTimeoutMs = parseInitTimeout(flags.initTimeout);
  const python = await choosePython(flags.python, context);
  if (!isLoopback(listen.address)) {
    talk.warn(`warning: whoever reaches ${listen.address} can run programs on this machine`);
  }
  const style = await styleFor(wantsColor(context.globals.color, env, process.stderr.isTTY));
  await serveUntil({
    listen,
    target,
    initTimeoutMs,
    python,
    env,
    signal,
    home: flags.home === undefined ? null : resolve(cwd, flags.home),
    onEvent: (event) => talk.say(stamped(eventText(event, style), style)),
    onServed: (served) => talk.say(stamped(servedText(served, style), style)),
    onReady: ({ url, home }) =>
      context.report(ready({ url, home, target, python, isTemporary: flags.home === undefined })),
  });
  talk.say('stopped: nothing is left running');
  return { data: null, human: () => '', reported: true };
};

interface Ready {
  readonly url: string;
  readonly home: string;
  readonly target: Target;
  readonly python: string;
  readonly isTemporary: boolean;
}

function ready({ url, home, target, python, isTemporary }: Ready): Outcome {
  const version = TARGETS[target];
  return {
    data: { url, target, version, home, python },
    human: (style) =>
      [
        `${style.bold(url)} answers as eKuiper ${version}`,
        `  home    ${home}${isTemporary ? style.dim(' (removed at the end)') : ''}`,
        `  python  ${python}`,
        `  ${style.dim('Ctrl-C ends it')}`,
      ].join('\n'),
    next: [`kplugin install <dir|zip> --host ${url.replace('http://', '')}`],
  };
}

async function choosePython(flag: string | undefined, context: Context): Promise<string> {
  const { env, cwd, talk } = context;
  if (flag === undefined) {
    const found = await findPython(env['PATH'] ?? '');
    if (found !== null) return found;
    talk.warn('warning: no python3 or python on the PATH; plugins in Python cannot start');
    return 'python';
  }
  const program = absoluteProgram(flag, cwd);
  if (!program.includes('/') || (await isExecutable(program))) return program;
  throw new KpluginError({
    code: 'python-missing',
    exit: EXIT.usage,
    message: `--python ${flag} is no program that can be run`,
    hint: 'name a Python interpreter, for example .venv/bin/python',
  });
}

function stamped(line: string, style: Style): string {
  return `${style.dim(new Date().toTimeString().slice(0, 8))} ${line}`;
}
