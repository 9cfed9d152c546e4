import type { Sample } from '../sample.ts';
import { python } from './python.ts';

const of = (parts: Parameters<typeof python>[1]): Sample => python('sink', parts);

const DECLARED = JSON.stringify({
  about: { author: { name: 'a' }, description: { en_US: 'd' } },
  properties: [{ name: 'port', default: 502, type: 'int', control: 'text', optional: false }],
});

/** Sinks of Python plugins. */
export const SINKS: readonly Sample[] = [
  of({ id: 'kpv_snk', does: 'a sink' }),
  of({
    id: 'kpv_snk_slow_open',
    does: 'open takes three seconds',
    methods: 'def open(self, ctx): time.sleep(3)',
  }),
  of({
    id: 'kpv_snk_field',
    does: 'reads a field of each row',
    methods:
      'def collect(self, ctx, data):\n    for row in self.rows(data): self.keep({"a": row["a"]})',
  }),
  of({
    id: 'kpv_snk_batch',
    does: 'keeps rows and writes five at a time',
    methods: `kept = []
def collect(self, ctx, data):
    self.kept += self.rows(data)
    if len(self.kept) % 5 == 0:
        for row in self.kept: self.keep(row)
        self.kept.clear()`,
  }),
  of({
    id: 'kpv_snk_raises',
    does: 'open raises',
    methods: 'def open(self, ctx): raise OSError("no disk")',
  }),
  of({
    id: 'kpv_snk_collect',
    does: 'collect raises at every row',
    methods: 'def collect(self, ctx, data): raise OSError("no disk")',
  }),
  of({
    id: 'kpv_snk_third',
    does: 'raises at the third row',
    methods:
      'n = 0\ndef collect(self, ctx, data):\n    self.n += 1\n    10 // (3 - self.n)\n    for row in self.rows(data): self.keep(row)',
  }),
  of({
    id: 'kpv_snk_list',
    does: 'takes the list that comes for a row',
    methods: 'def collect(self, ctx, data): self.keep({"a": json.loads(data)["a"]})',
  }),
  of({
    id: 'kpv_snk_dict',
    does: 'takes the bytes that come for an object',
    methods: 'def collect(self, ctx, data): self.keep({"a": data["a"]})',
  }),
  of({
    id: 'kpv_snk_exits',
    does: 'ends the process at the third row',
    methods:
      'n = 0\ndef collect(self, ctx, data):\n    self.n += 1\n    if self.n == 3: os._exit(4)\n    for row in self.rows(data): self.keep(row)',
  }),
  of({
    id: 'kpv_snk_refuses',
    does: 'configure refuses the defaults that sinks/<name>.json declares',
    methods: 'def configure(self, conf): raise ValueError("no such port: %d" % conf["port"])',
    files: { 'sinks/NAME.json': DECLARED },
    use: { settings: { port: 502 } },
  }),
  of({
    id: 'kpv_snk_few_params',
    does: 'collect without the parameter ctx',
    methods: 'def collect(self, data): pass',
  }),
];
