import { expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { compare } from '../../verdicts/agreement.ts';
import { SAMPLES } from '../../verdicts/samples/index.ts';

/** A plugin that never answers is waited for as long as eKuiper does. */
const LIMIT = 300_000;

/** What kplugin says of those whose cause it is to name. */
const SAYS: ReadonlyMap<string, RegExp> = new Map([
  ['kpv_fn_none', /^validate: validate-without-answer: /],
  [
    'kpv_fn_none_later',
    /^test: calls: Validate refuses it .*: validate return state is false, got &\{State:false Result:<nil>\}$/,
  ],
  ['kpv_fn_true', /^validate: validate-without-answer: /],
  [
    'kpv_fn_refuses',
    /^test: calls: Validate refuses it with the arguments of its metadata: .*takes two/,
  ],
  ['kpv_fn_raises', /^test: calls: every call fails with made-up arguments: RuntimeError: boom$/],
  ['kpv_fn_later', /^test: calls: a call fails: [\s\S]*ZeroDivisionError/],
  ['kpv_fn_nan', /^test: calls: every call fails .*Failed to unmarshal function result/],
  [
    'kpv_fn_six_seconds',
    /^test: calls: a call fails: time out, plugin kpv_fn_six_seconds status running/,
  ],
  ['kpv_src_raises', /^test: rows: ConnectionError: camera away$/],
  ['kpv_src_list', /^test: rows: Invalid data format/],
  ['kpv_src_nan', /^test: rows: Invalid data format/],
  ['kpv_src_bytes', /^test: rows: TypeError: .* not JSON serializable$/],
  ['kpv_src_third', /^test: rows: .*ZeroDivisionError: integer division or modulo by zero$/],
  [
    'kpv_src_refuses',
    /^test: symbols: it refuses the settings of its own files: ValueError: no such unit: parsec$/,
  ],
  [
    'kpv_snk_raises',
    /^test: rows: it does not run 10 s after its start, and its log has no error$/,
  ],
  [
    'kpv_snk_list',
    /^test: rows: after \d+ rows?: TypeError: list indices must be integers or slices, not str$/,
  ],
  [
    'kpv_snk_third',
    /^test: rows: after \d+ rows: ZeroDivisionError: integer division or modulo by zero$/,
  ],
  ['kpv_ts_fn_throws', /^test: calls: every call fails with made-up arguments: boom$/],
  ['kpv_ts_src_throws', /^test: rows: after 1 row: Invalid data format, .*camera away/],
  ['kpv_ts_snk_throws', /^test: rows: after \d+ rows?: Error: no disk$/],
]);

await describeOnUnixWith('a plugin that a real 2.4.0 was asked about', sdkPython, (python) => {
  const folder = temporaryFolders();

  // Each has sockets of its own, and most of the time they wait.
  test.concurrent.for(SAMPLES)('$does ($id)', { timeout: LIMIT }, async (sample, { expect }) => {
    const compared = await compare(sample, ['2.4'], python);
    expect(compared).toMatchObject([{ agrees: true }]);
    const says = SAYS.get(sample.id);
    if (says !== undefined) expect(compared[0]?.verdict).toMatch(says);
  });

  // Its SDK sends a keep-alive while it is watched, which these take for the answer to the stop.
  test('a row every two seconds, on versions before 2.1.3', { timeout: LIMIT }, async () => {
    const sample = SAMPLES.find(({ id }) => id === 'kpv_src_slow');
    const compared = sample && (await compare(sample, ['1.14', '2.0'], python));
    expect(compared).toMatchObject([{ agrees: true }, { agrees: true }]);
  });

  test('a failed check is annotated where the manifest names the symbol', async () => {
    const sample = SAMPLES.find(({ id }) => id === 'kpv_snk_list');
    const cwd = folder(sample?.files);
    const args = ['--python', python, '--only', 'checks', 'rows', '--format', 'github'];
    const { stdout } = await kplugin(['test', '.', ...args], { cwd });
    expect(stdout).toMatch(
      /^::error file=kpv_snk_list\.json,line=1,col=\d+,.*,title=check rows::after \d+ rows?: TypeError/m,
    );
  });
});
