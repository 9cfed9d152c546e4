import { countText } from '../../cli/output/count-text.ts';
import { countFindings } from '../../model/finding.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { PluginProject } from '../facts/plugin-project.ts';
import { type Check, remark } from '../host/check.ts';

/** The findings of `validate`. */
export const findings: Check<PluginProject> = {
  id: 'project-findings',
  asks: 'the findings of validate',
  async look({ examination, label, target }) {
    const { subject, findings: found } = examination;
    const counts = countFindings(found);
    const level = counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'ok';
    const text = `plugin ${subject.name ?? '?'} ${subject.decoded?.version ?? ''}`.trimEnd();
    const place = label === '.' ? '' : ` ${fileWord(label)}`;
    const hint = found.length === 0 ? null : `kplugin validate${place} --target ${target}`;
    return [
      remark('project-findings', level, `${text}: ${countText(found)} for eKuiper ${target}`, hint),
    ];
  },
};
