import { expect, test } from 'vitest';
import { validateWithoutAnswer } from '../../../../../src/lint/rules/program/validate-without-answer.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { pythonClasses } from './programs.ts';

const method = (body: string): string =>
  `class F(Function):\n    def validate(self, args):\n        ${body}\n    def exec(self, args, ctx): return 1`;
const says = (what: string): string[] => [`3:9 validate() of F ${what}`];

test.each<[string, string, readonly string[]]>([
  ['an empty text', method('return ""'), []],
  ['another empty text', method("return ''"), []],
  ['computed', method('return "" if len(args) == 1 else "one"'), []],
  ['of a call', method('return check(args)'), []],
  ['only code in it', method('return f"{check(args)}"'), []],
  ['a variable', method('return self.error'), []],
  [
    'an empty text at last',
    method('if not args:\n            return "one"\n        return ""'),
    [],
  ],
  ['nothing', method('pass'), says('returns nothing')],
  ['a comment', method('"""return """'), says('returns nothing')],
  ['None', method('return None'), says('returns None')],
  ['a bare return', method('return'), says('returns nothing')],
  ['True', method('return True'), says('returns True')],
  [
    'errors, and True',
    method('if not args: return "one"\n        return True'),
    says('returns True'),
  ],
  [
    'errors, and no end',
    method('if not args:\n            return "one"'),
    says('never returns ""'),
  ],
  ['errors with code', method('if not args: return f"not {args}"'), says('never returns ""')],
  ['of a function in it', method('def f():\n            return ""'), says('returns nothing')],
  ['raises', method('raise NotImplementedError'), []],
  ['two of them', `${method('pass')}\n    def validate(self, args): return ""`, []],
  [
    'missing',
    'class F(Function):\n    def exec(self, args, ctx): return 1',
    ['2:7 F has no validate(), and that of the SDK returns None'],
  ],
  ['missing, with another base', 'class F(Checked, Function):\n    pass', []],
  ['an attribute', 'class F(Function):\n    validate = checked(1)', []],
  ['of a sink', 'class F(Sink):\n    def validate(self, args): pass', []],
  [
    'of a base',
    'class Base(Function):\n    def validate(self, args): pass\nclass F(Base):\n    def validate(self, args): return ""',
    [],
  ],
])('%s', async (_, classes, expected) => {
  const files = pythonClasses(classes);
  expect(short(await findingsOf(validateWithoutAnswer, { files }))).toEqual(expected);
});

test('the words are those of eKuiper', async () => {
  const files = pythonClasses(method('return True'));
  const [found] = await findingsOf(validateWithoutAnswer, { files });
  expect(found?.effect).toContain(
    'validate return state is false, got &{State:false Result:true}.',
  );
});
