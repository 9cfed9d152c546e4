import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';

/** A plugin that is a shell script; eKuiper executes whatever a "go" plugin names. */
export function shellPlugin(name: string, script: string): ZipEntrySpec[] {
  return [manifest(name, 'go'), { name: 'run', mode: '755', text: `#!/bin/sh\n${script}\n` }];
}

/** A plugin with the real Python SDK that notes its process id, and runs `before` first. */
export function pythonPlugin(name: string, before = ''): ZipEntrySpec[] {
  const text = `
import os, subprocess, sys
from ekuiper import plugin, PluginConfig, Function

def note(name, text):
    with open(os.path.join(os.environ["SERVING"], name), "w") as file:
        file.write(text)

${before}
class Same(Function):
    def validate(self, args): return ""
    def exec(self, args, ctx): return args[0]
    def is_aggregate(self): return False

same = Same()
note("pid", str(os.getpid()))
plugin.start(PluginConfig("${name}", {}, {}, {"${name}_fn": lambda: same}))
`;
  return [manifest(name, 'python'), { name: 'run', mode: '755', text }];
}

function manifest(name: string, language: string): ZipEntrySpec {
  const info = { version: '1.0.0', language, executable: 'run', functions: [`${name}_fn`] };
  return { name: `${name}.json`, text: JSON.stringify(info) };
}
