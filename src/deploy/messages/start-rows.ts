import {
  installCommand,
  type MessageRow,
  packCommand,
  statusCommand,
  validateCommand,
} from './row.ts';

/** What eKuiper says when a plugin does not start. Source: field-notes.md §1 rows 3, 8, 9, 12, 14, 16, 19. */
export const START_ROWS: readonly MessageRow[] = [
  {
    id: 'died-before-handshake',
    pattern: /control handshake error: [^\n]*\n[\s\S]*kplugin: /,
    cause: () =>
      'the program did not get as far as its handshake; what it printed last is above. A real eKuiper writes that to its own log only',
    next: (_, context) => `mend the program, then ${installCommand(context)}`,
  },
  {
    id: 'no-handshake',
    pattern: /control handshake error: (.+)/,
    cause: () =>
      'eKuiper started the program and it never reported back: it died at once (an import that fails, a missing SDK), hangs, or gives another plugin name in its PluginConfig. eKuiper writes what the program printed to its own log only',
    next: (_, context) =>
      `see what it prints: kplugin serve, then kplugin install ${context.source ?? '<dir|zip>'} --host 127.0.0.1:9081`,
  },
  {
    id: 'not-executable',
    pattern: /fork\/exec (\S+): permission denied/,
    cause: (part) => `${part(1)} has no execute permission; eKuiper takes it from the zip as it is`,
    next: (_, context) => packCommand(context),
  },
  {
    id: 'wrong-architecture',
    pattern: /fork\/exec (\S+): exec format error/,
    cause: (part) =>
      `${part(1)} is built for another processor or system, or is a script without "#!"`,
    next: (_, context) =>
      `build it for the host: kplugin pack ${context.source ?? '<dir>'} --arch <amd64|arm64|arm>`,
  },
  {
    id: 'missing-loader',
    pattern: /fork\/exec (\S+): no such file or directory/,
    cause: (part) =>
      `${part(1)} is there, but the loader it needs is not: mostly a program linked against glibc on an Alpine image (musl), or a "#!" line that names a missing interpreter`,
    next: () => 'build it statically: CGO_ENABLED=0 go build, or use the -slim image of eKuiper',
  },
  {
    id: 'program-not-in-path',
    pattern: /exec: "(\S+)": executable file not found in \$PATH/,
    cause: (part) =>
      `eKuiper wants to start "${part(1)}", and there is none on the host (the default images have no Python)`,
    next: (part) =>
      part(1) === 'conda'
        ? 'install conda on the host, or take "virtualEnvType" out of the manifest'
        : 'use the image lfedge/ekuiper:<version>-slim-python, or set portable.pythonBin in etc/kuiper.yaml',
  },
  {
    id: 'conda-without-env',
    pattern:
      /fail to start plugin \S+: runtime error: invalid memory address or nil pointer dereference/,
    cause: () =>
      'the manifest has "virtualEnvType": "conda" and no "env": eKuiper fails on the missing name',
    next: (_, context) =>
      `write "env": "<name>" into the manifest, then ${validateCommand(context)}`,
  },
  {
    id: 'virtual-env-type',
    pattern: /unsupported virtual type: (\S+)/,
    cause: (part) =>
      `"virtualEnvType": "${part(1)}" is unknown to eKuiper, which only knows "conda"`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'read-only-tmp',
    pattern: /bind: read-only file system/,
    cause: () => 'eKuiper puts its plugin sockets into /tmp, and /tmp cannot be written there',
    next: () => 'mount a tmpfs at /tmp of the container: docker run --tmpfs /tmp …',
  },
  {
    id: 'socket-in-use',
    pattern: /can't create new control channel: (.+)/,
    cause: () =>
      "eKuiper could not open the plugin's socket in /tmp: another eKuiper or test server on that machine uses it, or /tmp cannot be written",
    next: () => 'stop the other one; two on one machine cannot run plugins of the same name',
  },
  {
    id: 'install-script-syntax',
    pattern: /err:exit status[\s\S]*[Ss]yntax error/,
    cause: () => "install.sh is no script for /bin/sh: CRLF line ends or bash's own syntax",
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'install-script-failed',
    pattern: /fail to install plugin: err:([^\n]*?) std(?:out|err):/,
    cause: (part) =>
      `install.sh ended with "${part(1)}"; eKuiper runs it with /bin/sh in the plugin's folder as its own user, often not root and without a network`,
    next: (_, context) => `mend install.sh, then ${installCommand(context)}`,
  },
  {
    id: 'executable-gone',
    pattern: /cannot find executable `(.+?)` when loading portable plugins/,
    cause: (part) => `${part(1)} is not there after unpacking`,
    next: (_, context) => validateCommand(context),
  },
  {
    id: 'killed',
    pattern: /signal: killed/,
    cause: () =>
      'the process was killed: by eKuiper in an update (2.0), by hand, or for want of memory',
    next: (_, context) => statusCommand(context),
  },
];
