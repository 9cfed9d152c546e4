import { EXIT, KpluginError } from '../../model/error.ts';
import { compareText } from '../../model/finding.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Templates } from '../templates.ts';
import { type SurveyedFile, survey } from '../write/survey.ts';
import { type AdditionCredits, planAddition } from './plan-addition.ts';
import type { Project } from './project.ts';
import type { ManualLine } from './register/registration.ts';

/** An addition compared with the files of the project, ready to be written. */
export interface PreparedAddition {
  readonly files: readonly SurveyedFile[];
  readonly manual: readonly ManualLine[];
}

/** Plans a symbol and compares the plan with the project. Throws KpluginError (exit 2) when one of its files exists. */
export async function prepareAddition(
  project: Project,
  symbol: PluginSymbol,
  credits: AdditionCredits,
  templates: Templates,
): Promise<PreparedAddition> {
  const plan = planAddition(project, symbol, credits, templates);
  const [own, shared, edited] = await Promise.all(
    [plan.own, plan.shared, plan.edited].map((files) => survey(project.root, files)),
  );
  refuseExisting(own ?? [], symbol);
  // The author may have changed shared files, so existing ones stay unchanged.
  const missing = (shared ?? []).filter(({ state }) => state === 'new');
  const files = [...(own ?? []), ...missing, ...(edited ?? [])];
  return { files: files.sort((a, b) => compareText(a.path, b.path)), manual: plan.manual };
}

function refuseExisting(own: readonly SurveyedFile[], symbol: PluginSymbol): void {
  const existing = own.filter(({ state }) => state !== 'new').map(({ path }) => path);
  if (existing.length === 0) return;
  throw new KpluginError({
    code: 'file-exists',
    exit: EXIT.usage,
    message: `the ${symbol.kind} "${symbol.name}" would overwrite ${existing.join(', ')}`,
    reason: 'add never replaces a file of the project',
    hint: 'move it away, or give the symbol another name',
  });
}
