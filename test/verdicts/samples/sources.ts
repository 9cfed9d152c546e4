import type { Sample } from '../sample.ts';
import { python } from './python.ts';

const of = (parts: Parameters<typeof python>[1]): Sample => python('source', parts);

/** Sources of Python plugins. */
export const SOURCES: readonly Sample[] = [
  of({ id: 'kpv_src', does: 'a source' }),
  of({
    id: 'kpv_src_ends',
    does: 'sends ten rows and its open ends',
    methods:
      'def open(self, ctx):\n    for n in range(10):\n        ctx.emit({"a": n}, None)\n        time.sleep(0.2)',
  }),
  of({
    id: 'kpv_src_settings',
    does: 'reads a setting of its own YAML',
    methods:
      'def configure(self, datasource, conf): self.unit = conf["unit"]\ndef open(self, ctx):\n    while True:\n        ctx.emit({"a": self.unit}, None)\n        time.sleep(0.1)',
    files: { 'sources/NAME.yaml': 'default:\n  unit: parsec\n' },
  }),
  of({
    id: 'kpv_src_threads',
    does: 'sends from two threads',
    before: 'import threading\n',
    methods: `def open(self, ctx):
    lock = threading.Lock()
    def send():
        while True:
            with lock: ctx.emit({"a": 1}, None)
            time.sleep(0.1)
    threads = [threading.Thread(target=send, daemon=True) for _ in range(2)]
    for one in threads: one.start()
    for one in threads: one.join()`,
  }),
  of({
    id: 'kpv_src_slow',
    does: 'a row every two seconds',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit({"a": 1}, None)\n        time.sleep(2)',
  }),
  of({
    id: 'kpv_src_metadata',
    does: 'sends metadata with its rows',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit({"a": 1}, {"topic": "t"})\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_large',
    does: 'rows of 100 kB',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit({"a": "x" * 100000}, None)\n        time.sleep(0.2)',
  }),
  of({
    id: 'kpv_src_raises',
    does: 'open raises',
    methods: 'def open(self, ctx): raise ConnectionError("camera away")',
  }),
  of({
    id: 'kpv_src_generator',
    does: 'open is a generator',
    methods: 'def open(self, ctx):\n    while True:\n        yield {"a": 1}',
  }),
  of({
    id: 'kpv_src_list',
    does: 'sends a list',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit([1], None)\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_text',
    does: 'sends text',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit("x", None)\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_nan',
    does: 'sends NaN',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit({"a": float("nan")}, None)\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_bytes',
    does: 'sends bytes',
    methods:
      'def open(self, ctx):\n    while True:\n        ctx.emit(b"x", None)\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_third',
    does: 'raises at the third row',
    methods:
      'def open(self, ctx):\n    for n in (2, 1, 0):\n        ctx.emit({"a": 1 // n}, None)\n        time.sleep(0.1)',
  }),
  of({
    id: 'kpv_src_exits',
    does: 'ends the process after the second row',
    methods:
      'def open(self, ctx):\n    for n in range(2):\n        ctx.emit({"a": n}, None)\n        time.sleep(0.5)\n    os._exit(4)',
  }),
  of({
    id: 'kpv_src_refuses',
    does: 'configure refuses its own YAML',
    methods:
      'def configure(self, datasource, conf): raise ValueError("no such unit: " + conf["unit"])',
    files: { 'sources/NAME.yaml': 'default:\n  unit: parsec\n' },
  }),
  of({
    id: 'kpv_src_no_yaml',
    does: 'no sources/<name>.yaml in the package',
    files: { 'sources/NAME.yaml': null },
  }),
  of({
    id: 'kpv_src_few_params',
    does: 'open without the parameter ctx',
    methods: 'def open(self): pass',
  }),
];
