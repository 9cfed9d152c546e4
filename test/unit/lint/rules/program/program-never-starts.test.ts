import { expect, test } from 'vitest';
import { programNeverStarts } from '../../../../../src/lint/rules/program/program-never-starts.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const SDK = 'from ekuiper import PluginConfig, Function, plugin\n';
const NEVER = ['- main.py never calls plugin.start'];
const OTHER = 'import other\nother.run()\n';

test.each<[string, string, Record<string, string>, readonly string[]]>([
  ['a start', `${SDK}plugin.start(CONFIG)`, {}, []],
  ['none', `${SDK}class F(Function):\n    def exec(self): pass\n`, {}, NEVER],
  ['the start of a thread', `${SDK}Thread(target=f).start()`, {}, NEVER],
  ['in a comment', `${SDK}# plugin.start(CONFIG)`, {}, NEVER],
  ['handed on', `${SDK}run(plugin.start, CONFIG)`, {}, []],
  ['by its own name', 'from ekuiper.runtime.plugin import start as go\ngo(CONFIG)', {}, []],
  ['in another module', `${SDK}${OTHER}`, { 'other.py': `${SDK}plugin.start(CONFIG)` }, []],
  ['in no other module', `${SDK}${OTHER}`, { 'other.py': 'x = 1' }, NEVER],
  ['perhaps', `${SDK}getattr(plugin, "sta" + "rt")(CONFIG)`, {}, []],
  ['by another package', `${SDK}from kuiper_tools import run\nrun(CONFIG)`, {}, []],
  ['on another path', `${SDK}sys.path.append("lib")\nimport boot`, {}, []],
  ['without the SDK', 'print("hello")', {}, []],
  ['not readable', `${SDK}x = """`, {}, []],
])('%s', async (_, main, more, expected) => {
  const files = withFiles({ 'main.py': main, ...more });
  expect(short(await findingsOf(programNeverStarts, { files }))).toEqual(expected);
});
