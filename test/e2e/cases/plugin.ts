import type { Tree } from '../../fixtures/tree.ts';

/** Python with the real SDK: functions, a source and a sink that do well and badly as they are asked to. */
export function pythonPlugin(name: string): Tree {
  const manifest = {
    version: '1.0.0',
    language: 'python',
    executable: 'main.py',
    sources: [`${name}_in`],
    sinks: [`${name}_out`],
    functions: [`${name}_echo`, `${name}_also`],
  };
  return {
    [`${name}.json`]: JSON.stringify(manifest),
    [`sources/${name}_in.yaml`]: 'default:\n  step: 1\nfast:\n  step: 10\n',
    'main.py': PROGRAM.replaceAll('NAME', name),
  };
}

const PROGRAM = `import json, os, threading, urllib.request
from ekuiper import Function, PluginConfig, Sink, Source, plugin


class Echo(Function):
    def validate(self, args):
        return ""

    def exec(self, args, ctx):
        # In one piece: two functions print at the same time.
        os.write(1, ("echo gets " + json.dumps(args[0]) + "\\n").encode())
        if args[0] == "die":
            os._exit(3)
        if args[0] == "raise":
            raise ValueError("cannot echo this")
        return args[0]

    def is_aggregate(self):
        return False


class Counter(Source):
    def configure(self, datasource, conf):
        self.step = conf.get("step")
        self.closed = threading.Event()

    def open(self, ctx):
        number = 0
        while not self.closed.is_set():
            number += self.step
            ctx.emit({"number": number}, {"from": "counter"})
            self.closed.wait(0.01)

    def close(self, ctx):
        self.closed.set()


class Writer(Sink):
    def configure(self, conf):
        self.conf = conf

    def open(self, ctx):
        pass

    def collect(self, ctx, data):
        text = data.decode()
        if "path" in self.conf:
            with open(self.conf["path"], "a") as file:
                file.write(text + "\\n")
        if "url" in self.conf:
            urllib.request.urlopen(self.conf["url"], data).close()
        if self.conf.get("requireAck"):
            ctx.ack_ok()

    def close(self, ctx):
        pass


config = PluginConfig(
    "NAME",
    {"NAME_in": lambda: Counter()},
    {"NAME_out": lambda: Writer()},
    {"NAME_echo": lambda: Echo(), "NAME_also": lambda: Echo()},
)

if __name__ == "__main__":
    plugin.start(config)
`;

/** Every kind of case, all of which pass. */
export function goodCases(name: string): string {
  return `cases:
  - { name: echoes, function: ${name}_echo, args: [{ a: 1 }], result: { $exactly: { a: 1 } } }
  - { name: cannot echo everything, function: ${name}_echo, args: [raise], error: cannot echo }
  - { name: echoes as well, function: ${name}_also, args: [1], result: 1 }
  - { name: counts fast, source: ${name}_in, confKey: fast, rows: [{ number: 10 }, { number: 20 }], meta: [{ from: counter }] }
  - { name: counts as told, source: ${name}_in, config: { step: 3 }, some: [{ number: 9 }] }
  - { name: writes, sink: ${name}_out, config: { path: "{dir}/out" }, rows: [{ a: 1 }], wrote: { file: "{dir}/out", lines: [[{ a: 1 }]] } }
  - { name: posts, sink: ${name}_out, config: { url: "{http}/x" }, rows: [{ a: 1 }], received: [{ method: POST, path: /x, body: [{ a: 1 }] }] }
  - { name: acknowledges, sink: ${name}_out, config: { requireAck: true }, rows: [{ a: 1 }, { a: 2 }], acks: { ok: 2, errors: 0 } }
`;
}

/** Every way to fail, and one that passes between them. */
export function badCases(name: string): string {
  return `cases:
  - name: echoes the opposite
    function: ${name}_echo
    calls: [{ args: [yes], result: yes }, { args: [yes], result: no }]
  - name: dies
    function: ${name}_echo
    args: [die]
  - name: goes on all the same
    function: ${name}_echo
    args: [1]
    result: 1
  - name: counts backwards
    source: ${name}_in
    rows: [{ number: 1 }, { number: { $max: 0 } }]
  - name: writes other lines
    sink: ${name}_out
    within: 1s
    config: { path: "{dir}/out" }
    rows: [{ a: 1 }]
    wrote: { file: "{dir}/out", lines: [[{ a: 2 }]] }
`;
}
