import { ROWS, type Row, type Sample } from '../sample.ts';
import { python } from './python.ts';

const of = (parts: Parameters<typeof python>[1]): Sample => python('function', parts);

const ONE_TEXT = JSON.stringify({
  about: { author: { name: 'a' }, description: { en_US: 'd' } },
  functions: [
    { name: 'NAME', example: 'NAME(a)', args: [{ name: 'a', type: 'string', control: 'field' }] },
  ],
});
const NUMBERS: readonly Row[] = [{ a: 1 }, { a: 2.5 }, { a: -3 }];

const gives = (value: unknown) => ({ gives: () => value });

/** Functions of Python plugins. */
export const FUNCTIONS: readonly Sample[] = [
  of({ id: 'kpv_fn', does: 'a function' }),
  of({
    id: 'kpv_fn_constant',
    does: 'validate wants a constant as the second argument',
    methods: 'def validate(self, args): return "" if "Val" in args[1] else "a constant, please"',
    use: { call: 'kpv_fn_constant(a, "unit")' },
  }),
  of({
    id: 'kpv_fn_numbers',
    does: 'takes numbers only',
    methods: 'def exec(self, args, ctx): return args[0] / 2',
    use: { rows: NUMBERS, gives: ({ a }: Row) => Number(a) / 2 },
  }),
  of({
    id: 'kpv_fn_two_args',
    does: 'takes exactly two arguments',
    methods:
      'def validate(self, args): return "" if len(args) == 2 else "takes two"\ndef exec(self, args, ctx): return args[1]',
    use: { call: 'kpv_fn_two_args(1, a)' },
  }),
  of({
    id: 'kpv_fn_object',
    does: 'answers with an object',
    methods: 'def exec(self, args, ctx): return {"of": args[0]}',
    use: { gives: ({ a }: Row) => ({ of: a }) },
  }),
  of({
    id: 'kpv_fn_null',
    does: 'answers with None',
    methods: 'def exec(self, args, ctx): return None',
    use: gives(undefined),
  }),
  of({
    id: 'kpv_fn_no_aggregate',
    does: 'is_aggregate returns None',
    methods: 'def is_aggregate(self): pass',
  }),
  of({
    id: 'kpv_fn_four_seconds',
    does: 'a call takes four seconds',
    methods: 'def exec(self, args, ctx):\n    time.sleep(4)\n    return args[0]',
    use: { rows: ROWS.slice(0, 2) },
  }),
  of({
    id: 'kpv_fn_prints',
    does: 'prints 200 lines at each call',
    methods:
      'def exec(self, args, ctx):\n    for n in range(200): print("x" * 100)\n    return args[0]',
  }),
  of({
    id: 'kpv_fn_library',
    does: 'imports a module of its own folder',
    files: { 'lib/own.py': 'def same(x): return x\n' },
    before:
      'sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))\nimport own\n',
    methods: 'def exec(self, args, ctx): return own.same(args[0])',
  }),
  of({
    id: 'kpv_fn_state',
    does: 'counts its calls',
    methods: 'n = 0\ndef exec(self, args, ctx):\n    self.n += 1\n    return self.n > 0',
    use: gives(true),
  }),
  of({
    id: 'kpv_fn_log',
    does: 'logs a warning at each call',
    before: 'import logging\n',
    methods:
      'def exec(self, args, ctx):\n    logging.warning("odd row %s", args[0])\n    return args[0]',
  }),
  of({
    id: 'kpv_fn_caught',
    does: 'catches an exception and prints its traceback',
    before: 'import traceback\n',
    methods:
      'def exec(self, args, ctx):\n    try: return 1 // 0\n    except ZeroDivisionError:\n        traceback.print_exc()\n        return args[0]',
  }),
  of({
    id: 'kpv_fn_none',
    does: 'validate returns None',
    methods: 'def validate(self, args): pass',
  }),
  of({
    id: 'kpv_fn_true',
    does: 'validate returns True',
    methods: 'def validate(self, args): return True',
  }),
  of({
    id: 'kpv_fn_none_later',
    does: 'validate returns None, which its text does not show',
    methods: 'def validate(self, args): return {"": None}.get("")',
  }),
  of({
    id: 'kpv_fn_refuses',
    does: 'validate refuses what the metadata declares',
    methods: 'def validate(self, args): return "" if len(args) == 2 else "takes two"',
    files: { 'functions/NAME.json': ONE_TEXT },
  }),
  of({
    id: 'kpv_fn_raises',
    does: 'every call raises',
    methods: 'def exec(self, args, ctx): raise RuntimeError("boom")',
  }),
  of({
    id: 'kpv_fn_later',
    does: 'raises from the second call on',
    methods:
      'n = 0\ndef exec(self, args, ctx):\n    self.n += 1\n    return str(args[0]) if self.n == 1 else 1 // 0',
  }),
  of({
    id: 'kpv_fn_nan',
    does: 'answers with NaN',
    methods: 'def exec(self, args, ctx): return float("nan")',
  }),
  of({
    id: 'kpv_fn_bytes',
    does: 'answers with bytes',
    methods: 'def exec(self, args, ctx): return b"x"',
  }),
  of({
    id: 'kpv_fn_set',
    does: 'answers with a set',
    methods: 'def exec(self, args, ctx): return {1}',
  }),
  of({
    id: 'kpv_fn_six_seconds',
    does: 'a call takes six seconds',
    methods: 'def exec(self, args, ctx):\n    time.sleep(6)\n    return args[0]',
    use: { rows: ROWS.slice(0, 2) },
  }),
  of({
    id: 'kpv_fn_exits',
    does: 'ends the process at the third call',
    methods:
      'n = 0\ndef exec(self, args, ctx):\n    self.n += 1\n    if self.n == 3: os._exit(4)\n    return args[0]',
  }),
  of({
    id: 'kpv_fn_misspelt',
    does: 'calls a name that is not defined',
    methods: 'def exec(self, args, ctx): return upper_case(args[0])',
  }),
  of({
    id: 'kpv_fn_few_params',
    does: 'exec without the parameter ctx',
    methods: 'def exec(self, args): return args[0]',
  }),
];
