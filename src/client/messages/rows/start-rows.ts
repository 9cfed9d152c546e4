import { durationText } from '../../../model/duration.ts';
import { shellWord } from '../../../model/shell-word.ts';
import {
  installCommand,
  type MessageRow,
  packCommand,
  restartCommand,
  validateCommand,
} from './row.ts';

/** Milliseconds. Less than half of the 60 s of an eKuiper as shipped, unpacking included. */
const SHORT = 30_000;

/** Milliseconds. No program of an interpreter reports back so soon on a small machine. */
const NO_TIME = 1000;

/**
 * What the time until a refusal tells: eKuiper waits for a program that has died as long as for one that hangs, so the
 * time is its `portable.initTimeout` (docs/messages.md#start). Null when that is long enough.
 */
function shortWait(waited: number | undefined): string | null {
  if (waited === undefined || waited >= SHORT) return null;
  if (waited < NO_TIME) {
    return 'eKuiper stopped waiting at once: portable.initTimeout is missing in its kuiper.yaml, or next to nothing (60s as shipped), and then no program has time to report back';
  }
  return `eKuiper stopped waiting after ${durationText(Math.round(waited / 1000) * 1000)}: that is its portable.initTimeout (60s as shipped). The program needs longer to report back, or never does`;
}

/** Messages of eKuiper when a plugin does not start. Source: docs/messages.md#start. */
export const START_ROWS: readonly MessageRow[] = [
  {
    id: 'python-module-missing',
    says: "fail to install plugin: plugin /p/main.py control handshake error: receive time out\nkplugin: the process ended\n  ModuleNotFoundError: No module named 'pynng'",
    pattern: /No module named '([\w.]+)'/,
    cause: (part) =>
      `the Python that starts the plugin has no module ${part(1)}: the default images have no SDK, and the one of -alpine-python none either`,
    next: (part) =>
      /^(pynng|ekuiper)$/.test(part(1))
        ? 'on that machine: python3 -m pip install ekuiper==2.4.2 pynng==0.8.1; or the image lfedge/ekuiper:<version>-slim-python'
        : `install it there, or give the plugin an install.sh that runs: pip install ${shellWord(part(1))}`,
  },
  {
    id: 'died-before-handshake',
    says: 'portable plugin create command error: fail to install plugin: plugin /p/main.py control handshake error: receive time out\nkplugin: the process ended after 10 ms, before its handshake (exit status 3)',
    pattern: /control handshake error: [^\n]*\n[\s\S]*kplugin: /,
    cause: () =>
      'the program did not get as far as its handshake. The embedded host reports what it printed last with its answer; a real eKuiper writes that to its own log only',
    next: (_, context) => `correct the program, then ${installCommand(context)}`,
  },
  {
    id: 'no-handshake',
    says: 'portable plugin create command error: fail to install plugin: plugin /kuiper/plugins/portable/probe/main.py control handshake error: receive time out',
    pattern: /control handshake error/,
    cause: (_, { waited }) =>
      shortWait(waited) ??
      'eKuiper started the program and it never reported back: it died at once (an import that fails, a missing SDK, a box without Node for a plugin in TypeScript), hangs, or gives another plugin name in its PluginConfig. eKuiper writes what the program printed to its own log only',
    next: (_, context) =>
      shortWait(context.waited) !== null
        ? `in etc/kuiper.yaml of the host: portable: initTimeout: 60s; restart eKuiper, then ${installCommand(context)}`
        : `see what it prints: kplugin serve, then kplugin install ${context.source ?? '<dir|zip>'} --host 127.0.0.1:9081`,
  },
  {
    id: 'not-executable',
    says: 'portable plugin create command error: fail to install plugin: plugin executable /kuiper/plugins/portable/probe/main.py stops with error fork/exec /kuiper/plugins/portable/probe/main.py: permission denied',
    pattern: /fork\/exec (\S+): permission denied/,
    cause: (part) => `${part(1)} has no execute permission; eKuiper takes it from the zip as it is`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'wrong-architecture',
    says: 'portable plugin create command error: fail to install plugin: plugin executable /p/mirror stops with error fork/exec /p/mirror: exec format error',
    pattern: /(?:fork\/exec (\S+): )?exec format error/,
    cause: (part) =>
      `${part(1) || 'the program'} is built for another processor or system, or is a script without "#!"`,
    next: (_, context) =>
      `build it for the host: kplugin pack ${context.source ?? '<dir>'} --arch <amd64|arm64|arm>`,
  },
  {
    id: 'missing-loader',
    says: 'portable plugin create command error: fail to install plugin: plugin executable /p/mirror stops with error fork/exec /p/mirror: no such file or directory',
    pattern: /fork\/exec (\S+): no such file or directory/,
    cause: (part) =>
      `${part(1)} is there, but the loader it needs is not: mostly a program linked against glibc on an Alpine image (musl), or a "#!" line that names a missing interpreter`,
    next: () => 'build it statically: CGO_ENABLED=0 go build, or use the -slim image of eKuiper',
  },
  {
    id: 'program-not-in-path',
    says: 'portable plugin create command error: fail to install plugin: plugin executable /p/main.py stops with error exec: "conda": executable file not found in $PATH',
    pattern: /exec: "(\S+)": executable file not found/,
    cause: (part) =>
      `eKuiper wants to start "${part(1)}", and there is none on the host (the default images have no Python)`,
    next: (part) =>
      part(1) === 'conda'
        ? 'install conda on the host, or take "virtualEnvType" out of the manifest'
        : 'use the image lfedge/ekuiper:<version>-slim-python, or set portable.pythonBin in etc/kuiper.yaml',
  },
  {
    id: 'conda-without-env',
    says: 'portable plugin create command error: fail to install plugin: fail to start plugin probe: runtime error: invalid memory address or nil pointer dereference',
    pattern: /runtime error: invalid memory address or nil pointer dereference/,
    cause: () =>
      'the manifest has "virtualEnvType": "conda" and no "env": eKuiper fails on the missing name',
    next: (_, context) =>
      `write "env": "<name>" into the manifest, then ${validateCommand(context)}`,
  },
  {
    id: 'virtual-env-type',
    says: 'portable plugin create command error: fail to install plugin: fail to start plugin probe: unsupported virtual type: venv',
    pattern: /unsupported virtual type: (\S+)/,
    cause: (part) =>
      `"virtualEnvType": "${part(1)}" is unknown to eKuiper, which only knows "conda"`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'read-only-tmp',
    says: "can't create new control channel: can't listen on rep socket: listen unix /tmp/plugin_mirror.ipc: bind: read-only file system",
    pattern: /bind: read-only file system/,
    cause: () => 'eKuiper puts its plugin sockets into /tmp, and /tmp cannot be written there',
    next: () => 'mount a tmpfs at /tmp of the container: docker run --tmpfs /tmp …',
  },
  {
    id: 'socket-not-ours',
    says: "can't create new control channel: can't listen on rep socket: listen unix /tmp/plugin_mirror.ipc: bind: permission denied",
    pattern: /(?:listen unix (\S+): )?bind: permission denied/,
    cause: () =>
      "eKuiper's user may not write into /tmp, or a socket left over there belongs to another user",
    next: (part) =>
      part(1) === ''
        ? 'on that machine: kplugin doctor'
        : `on that machine, who uses it: sudo ss -xlp | grep -F ${shellWord(part(1))}\nwhere that shows nothing: sudo rm ${shellWord(part(1))}`,
  },
  {
    id: 'socket-in-use',
    says: "can't create new control channel: can't listen on rep socket: address in use",
    pattern: /can't create new control channel: (.+)/,
    cause: () =>
      "eKuiper could not open the plugin's socket in /tmp: another eKuiper or test server on that machine uses it, or /tmp cannot be written",
    next: () => 'stop the other one; two on one machine cannot run plugins of the same name',
  },
  {
    id: 'install-script-syntax',
    says: 'portable plugin create command error: fail to install plugin: err:exit status 2 stdout: stderr:install.sh: 2: Syntax error: "(" unexpected',
    pattern: /err:exit status[\s\S]*[Ss]yntax error/,
    cause: () => "install.sh is no script for /bin/sh: CRLF line ends or bash's own syntax",
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'install-script-failed',
    says: 'portable plugin create command error: fail to install plugin: err:exit status 3 stdout:some out\n stderr:some "err"\n',
    pattern: /fail to install plugin: err:([^\n]*?) std(?:out|err):/,
    cause: (part) =>
      `install.sh ended with "${part(1)}"; eKuiper runs it with /bin/sh in the plugin's folder as its own user, often not root and without a network`,
    next: (_, context) => `correct install.sh, then ${installCommand(context)}`,
  },
  {
    id: 'process-not-killed',
    says: 'delete portable plugin probe error: fail to kill portable plugin probe process, please try to kill it manually',
    pattern: /fail to kill portable plugin (\S+) process/,
    cause: (part) =>
      `eKuiper took ${part(1)} away and could not end its process, which keeps its sockets`,
    next: (part) =>
      `on that machine: ps ax | grep -F ${shellWord(`plugins/portable/${part(1)}/`)}\nthen: kill <pid>`,
  },
  {
    id: 'not-running',
    says: 'plugin probe is not running successfully, please make sure it is valid',
    pattern: /plugin (\S+) is not running successfully/,
    cause: (part) => `${part(1)} did not start, or ended: eKuiper never starts it again by itself`,
    next: (part, context) => restartCommand(part(1), context),
  },
  {
    id: 'executable-gone',
    says: 'cannot find executable `/p/main.py` when loading portable plugins: stat /p/main.py: no such file or directory',
    pattern: /cannot find executable `(.+?)` when loading portable plugins/,
    cause: (part) => `${part(1)} is not there after unpacking`,
    next: (_, context) => validateCommand(context),
  },
];
