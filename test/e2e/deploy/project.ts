import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface ProjectOptions {
  /** Also the prefix of its symbols; unique over all tests, because sockets in /tmp are named after it. */
  readonly name: string;
  readonly version: string;
  /** What main.py does before it reports back. */
  readonly before?: string;
  readonly installScript?: string;
  /** Default `python`. */
  readonly language?: string;
  /** Whose function it brings; default its own. */
  readonly functionName?: string;
}

/** Writes a Python project, as an author has it, into a folder of that name; resolves to its path. */
export async function writeProject(folder: string, options: ProjectOptions): Promise<string> {
  const { name, version, installScript, functionName = `${name}_fn` } = options;
  const { language = 'python' } = options;
  const root = path.join(folder, name);
  await mkdir(path.join(root, 'functions'), { recursive: true });
  const manifest = {
    version,
    language,
    executable: 'main.py',
    functions: [functionName],
  };
  await writeFile(path.join(root, `${name}.json`), `${JSON.stringify(manifest)}\n`);
  await writeFile(path.join(root, 'main.py'), program(options, functionName));
  await writeFile(path.join(root, 'functions', `${functionName}.json`), metadata(functionName));
  if (installScript !== undefined) await writeFile(path.join(root, 'install.sh'), installScript);
  return root;
}

function program({ name, version, before = '' }: ProjectOptions, functionName: string): string {
  return `#!/usr/bin/env python3
# ${version}
import os, sys
from ekuiper import plugin, PluginConfig, Function

class Same(Function):
    def validate(self, args): return ""
    def exec(self, args, ctx): return args[0]
    def is_aggregate(self): return False

if __name__ == "__main__":
    same = Same()
    if "SERVING" in os.environ:
        with open(os.path.join(os.environ["SERVING"], "${name}.pid"), "w") as file:
            file.write(str(os.getpid()))
    ${before}
    plugin.start(PluginConfig("${name}", {}, {}, {"${functionName}": lambda: same}))
`;
}

function metadata(name: string): string {
  const text = { en_US: 'Gives back its argument', zh_CN: 'Gives back its argument' };
  const url = { en_US: 'https://example.com', zh_CN: 'https://example.com' };
  const author = {
    name: 'Jane',
    email: 'jane@example.com',
    company: 'Example',
    website: 'https://example.com',
  };
  return `${JSON.stringify({
    about: { trial: false, author, helpUrl: url, description: text },
    functions: [{ name, example: `${name}(a)`, hint: text, args: [] }],
  })}\n`;
}
