import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Sample } from './sample.ts';
import { SAMPLES } from './samples/index.ts';
import { readTruths, type Truth, type Truths } from './truth/truth.ts';

const PAGE = fileURLToPath(new URL('../../docs/verdicts.md', import.meta.url));

/** Between these lines of the page stands the table. */
const [BEGIN, END] = ['<!-- table -->', '<!-- end of table -->'];

/** docs/verdicts.md as it is to be: its own text, and the table of what real servers did. */
export async function verdictsPage(): Promise<{ readonly is: string; readonly wanted: string }> {
  const is = await readFile(PAGE, 'utf8');
  const [before = '', after = ''] = [is.split(BEGIN)[0], is.split(END)[1]];
  return { is, wanted: `${before}${BEGIN}\n\n${tableOf(await readTruths())}\n${END}${after}` };
}

function tableOf(truths: Truths): string {
  const versions = [...truths.keys()];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const lines = SAMPLES.map((sample) =>
    row([titleOf(sample), ...versions.map((one) => cellOf(truths.get(one)?.get(sample.id)))]),
  );
  return `${row(['plugin', ...versions])}${row(['---', ...versions.map(() => '---')])}${lines.join('')}`;
}

function titleOf({ language, use, does }: Sample): string {
  const name = { python: 'Python', typescript: 'TypeScript', go: 'Go', shell: 'Shell' }[language];
  return `${name} ${use.kind}: ${does}`;
}

function cellOf(truth: Truth | undefined): string {
  if (truth === undefined) return 'not asked';
  const { install, rows, update } = truth;
  if (install !== 'ok') return 'install refused';
  if (rows?.startsWith('rule: ')) return 'rule refused';
  if (rows !== 'right') return `rows: ${rows}`;
  if (update === 'right') return 'works';
  return update === 'the server died'
    ? 'works; dies at an update'
    : `works; after an update ${update}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(PAGE, (await verdictsPage()).wanted);
}
