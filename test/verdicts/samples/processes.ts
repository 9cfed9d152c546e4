import type { Sample } from '../sample.ts';
import { python } from './python.ts';

const of = (parts: Parameters<typeof python>[1]): Sample => python('function', parts);

/** Programs that start, run or end in an unusual way; each has one function. */
export const PROCESSES: readonly Sample[] = [
  of({
    id: 'kpv_run_slow',
    does: 'starts after three seconds',
    main: 'time.sleep(3)\nSTART',
  }),
  of({
    id: 'kpv_run_prints_first',
    does: 'prints before it starts',
    main: 'print("hello")\nsys.stderr.write("hello\\n")\nSTART',
  }),
  of({
    id: 'kpv_run_sigterm',
    does: 'ignores SIGTERM',
    main: 'import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nSTART',
  }),
  of({
    id: 'kpv_run_noisy',
    does: 'a thread prints 100 kB a second',
    main: 'import threading\ndef noise():\n    while True:\n        print("x" * 1000)\n        time.sleep(0.01)\nthreading.Thread(target=noise, daemon=True).start()\nSTART',
  }),
  of({
    id: 'kpv_run_crlf',
    does: 'a program with CRLF line ends',
    lineEnd: '\r\n',
  }),
  of({
    id: 'kpv_run_child',
    does: 'starts a helper process that ends with it',
    main: 'import subprocess\nhelper = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\nSTART',
  }),
  of({
    id: 'kpv_run_import',
    does: 'imports a module that is not there',
    before: 'import no_such_module_of_kplugin\n',
  }),
  of({
    id: 'kpv_run_syntax',
    does: 'a syntax error',
    before: 'def broken(:\n    pass\n',
  }),
  of({ id: 'kpv_run_never', does: 'never calls plugin.start and ends', main: 'pass' }),
  of({
    id: 'kpv_run_hangs',
    does: 'never calls plugin.start and hangs',
    main: 'time.sleep(10000)',
  }),
  of({
    id: 'kpv_run_wrong_name',
    does: 'starts with the name of another plugin',
    main: 'plugin.start(PluginConfig("kpv_other", SOURCES, SINKS, FUNCTIONS))',
  }),
  of({
    id: 'kpv_run_no_name',
    does: 'PluginConfig without a name',
    main: 'plugin.start(PluginConfig("", SOURCES, SINKS, FUNCTIONS))',
  }),
  of({
    id: 'kpv_run_not_listed',
    does: 'the function is not in PluginConfig',
    main: 'plugin.start(PluginConfig("NAME", {}, {}, {}))',
  }),
  of({
    id: 'kpv_run_exit_3',
    does: 'exits with 3 at its start',
    main: 'sys.exit(3)',
  }),
  of({
    id: 'kpv_run_dies_later',
    does: 'ends by itself two seconds after its start',
    main: 'import threading\nthreading.Timer(2, lambda: os._exit(5)).start()\nSTART',
    use: { pauseMs: 1_000 },
  }),
  of({
    id: 'kpv_run_class',
    does: 'the class lacks an abstract method',
    before: 'class Bare(Function):\n    def exec(self, args, ctx): return args[0]\n',
    main: 'plugin.start(PluginConfig("NAME", {}, {}, {"NAME": Bare}))',
  }),
];
