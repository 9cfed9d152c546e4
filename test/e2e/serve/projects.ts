import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A project with the real Python SDK, much like eKuiper's own sample: source `<name>_src` counts, sink `<name>_out`
 * acknowledges and notes what it gets in `$SERVING/<name>.rows`, function `<name>_fn` reverses a text.
 */
export async function pythonProject(parent: string, name: string, before = ''): Promise<string> {
  const folder = path.join(parent, name);
  const files = {
    [`${name}.json`]: JSON.stringify({
      version: '1.0.0',
      language: 'python',
      executable: 'main.py',
      sources: [`${name}_src`],
      sinks: [`${name}_out`],
      functions: [`${name}_fn`],
    }),
    'main.py': program(name, before),
    [`sources/${name}_src.yaml`]: 'default:\n  interval: 20\nslow:\n  interval: 60000\n',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

function program(name: string, before: string): string {
  return `
import json, os, sys, time
from ekuiper import plugin, Function, PluginConfig, Sink, Source
${before}

class Counter(Source):
    def configure(self, datasource, conf):
        self.conf, self.running = conf, True

    def open(self, ctx):
        n = 0
        while self.running:
            n += 1
            ctx.emit({"n": n, "topic": self.conf.get("datasource", "none")}, None)
            time.sleep(self.conf.get("interval", 20) / 1000)

    def close(self, ctx):
        self.running = False


class Noter(Sink):
    def configure(self, conf):
        if conf.get("fail"):
            raise ValueError("told to fail")

    def open(self, ctx):
        pass

    def collect(self, ctx, data):
        with open(os.path.join(os.environ["SERVING"], "${name}.rows"), "ab") as file:
            file.write(data + b"\\n")
        ctx.ack_ok()

    def close(self, ctx):
        pass


class Reverse(Function):
    def validate(self, args):
        return ""

    def exec(self, args, ctx):
        return args[0][::-1]

    def is_aggregate(self):
        return False


with open(os.path.join(os.environ["SERVING"], "${name}.pid"), "w") as file:
    file.write(str(os.getpid()))
plugin.start(PluginConfig(
    "${name}",
    {"${name}_src": lambda: Counter()},
    {"${name}_out": lambda: Noter()},
    {"${name}_fn": lambda: Reverse()},
))
`;
}
