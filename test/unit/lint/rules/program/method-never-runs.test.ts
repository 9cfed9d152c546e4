import { expect, test } from 'vitest';
import { methodNeverRuns } from '../../../../../src/lint/rules/program/method-never-runs.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { pythonClasses } from './programs.ts';

const GENERATOR = ['3:9 open() of Cam is a generator: calling it runs none of its lines'];

test.each<[string, string, readonly string[]]>([
  ['a loop', 'class Cam(Source):\n    def open(self, ctx):\n        ctx.emit({}, None)', []],
  ['yield', 'class Cam(Source):\n    def open(self, ctx):\n        yield {}', GENERATOR],
  ['on one line', 'class Cam(Source):\n    def open(self, ctx): yield {}', GENERATOR],
  [
    'behind a loop and tabs',
    'class Cam(Source):\n\tdef open(self, ctx):\n\t\twhile True:\n\n\t\t\trow = (yield)',
    ['3:6 open() of Cam is a generator: calling it runs none of its lines'],
  ],
  [
    'of a class between',
    'class Base(Source):\n    def close(self, ctx): pass\nclass Cam(Base):\n    def open(self, ctx): yield 1',
    ['5:9 open() of Cam is a generator: calling it runs none of its lines'],
  ],
  [
    'a helper in it',
    'class Cam(Source):\n    def open(self, ctx):\n        def rows():\n            yield {}\n        for row in rows(): ctx.emit(row, None)',
    [],
  ],
  ['another method', 'class Cam(Source):\n    def rows(self):\n        yield {}', []],
  ['yield in a text', 'class Cam(Source):\n    def open(self, ctx):\n        """yield"""', []],
  ['another class', 'class Cam(Camera):\n    def open(self, ctx):\n        yield {}', []],
  ['decorated', 'class Cam(Source):\n    @runs\n    def open(self, ctx):\n        yield {}', []],
  ['a decorated class', '@runs\nclass Cam(Source):\n    def open(self, ctx): yield {}', []],
  [
    'a base of another class',
    'class Cam(Source):\n    def open(self, ctx): yield {}\nclass Own(Cam):\n    def open(self, ctx): list(super().open(ctx))',
    [],
  ],
  [
    'async',
    'class Out(Sink):\n    async def collect(self, ctx, data): pass',
    ['3:15 collect() of Out is a coroutine: calling it runs none of its lines'],
  ],
  [
    'by its module',
    'import ekuiper\nclass F(ekuiper.Function):\n    def exec(self, args, ctx): yield 1',
    ['4:9 exec() of F is a generator: calling it runs none of its lines'],
  ],
])('%s', async (_, classes, expected) => {
  const files = pythonClasses(classes);
  expect(short(await findingsOf(methodNeverRuns, { files }))).toEqual(expected);
});
