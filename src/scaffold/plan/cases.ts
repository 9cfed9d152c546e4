import { render } from '../template.ts';
import type { Templates } from '../templates.ts';
import type { LanguageKit } from './language-kit.ts';
import type { NamedSymbol } from './named-symbol.ts';
import type { PlannedFile } from './planned-file.ts';

/** The cases that `kplugin test` runs for a symbol: the same for every language, because the code does the same. */
export function caseFile(
  symbol: NamedSymbol,
  kit: Pick<LanguageKit, 'fileName' | 'acknowledges'>,
  templates: Templates,
): PlannedFile {
  const values = { symbol: symbol.name };
  const acks = kit.acknowledges ? render(templates.text('cases/acks.yaml'), values).trimEnd() : '';
  const text = render(templates.text(`cases/${symbol.kind}.yaml`), {
    ...values,
    acks: { code: acks },
  });
  return { path: `tests/${kit.fileName(symbol)}.yaml`, text };
}
