import type { Entry } from '../../../model/view.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { entryAt } from '../../subject/entries.ts';
import type { Subject } from '../../subject/subject.ts';

/** Size limit of a pointer: the specification of Git LFS allows no more. */
const MOST_BYTES = 1024;
const MOST_FILES = 5000;

interface Pointer {
  readonly to: string;
  readonly fetch: string;
  readonly ci: string;
}

const LFS: Pointer = {
  to: 'Git LFS',
  fetch: 'git lfs pull',
  ci: ' (in GitHub Actions: actions/checkout with lfs: true)',
};
const ANNEX: Pointer = { to: 'git-annex', fetch: 'git annex get .', ci: '' };
const DVC: Pointer = { to: 'DVC', fetch: 'dvc pull', ci: '' };

export const pointerPacked: Rule = {
  id: 'pointer-packed',
  severity: 'warning',
  explanation: {
    means:
      'A file is not what its name says but a pointer of Git LFS or git-annex to it, or DVC has a file of the project ' +
      'elsewhere.',
    why:
      'A clone made without the large files has some lines of text in their place. eKuiper installs them like any other ' +
      'file, and the program fails where it loads the model.',
    issues: [],
    bad: 'models/m.tflite, 131 bytes:\n  version https://git-lfs.github.com/spec/v1\n  oid sha256:4d7a…\n  size 12345678',
    good: 'git lfs pull\nkplugin pack',
  },
  async check(subject) {
    const reports: Report[] = [];
    for (const entry of candidates(subject)) {
      const pointer = await pointerAt(subject, entry);
      if (pointer) reports.push(report(subject, entry.path, pointer));
    }
    return firstOf(reports);
  },
};

function candidates({ view }: Subject): Entry[] {
  return view.entries
    .filter(({ kind, size }) => kind === 'file' && size > 0 && size <= MOST_BYTES)
    .slice(0, MOST_FILES);
}

async function pointerAt(subject: Subject, { path }: Entry): Promise<Pointer | null> {
  if (path.endsWith('.dvc')) return isTracked(subject, path.slice(0, -4)) ? DVC : null;
  const bytes = await subject.view.read(path, MOST_BYTES);
  const text = Buffer.from(bytes ?? []).toString('latin1');
  if (/^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v\d/.test(text))
    return LFS;
  return /^(?:\/annex\/objects\/|(?:\.\.\/)*\.git\/annex\/objects\/)\S/.test(text) ? ANNEX : null;
}

/** The file that `m.onnx.dvc` describes is neither in the package nor excluded on purpose. */
function isTracked({ view }: Subject, path: string): boolean {
  const known = entryAt(view, path) ?? view.leftOut.get(path) ?? view.leftOut.get(`${path}/`);
  return known === undefined || known === null;
}

function report({ view }: Subject, path: string, { to, fetch, ci }: Pointer): Report {
  const again = view.form === 'zip' ? 'make the package again' : 'pack again';
  const isDescription = to === 'DVC';
  return {
    file: path,
    message: isDescription
      ? `DVC describes ${path.slice(0, -4)} here, and the file itself is not there`
      : `This is a pointer of ${to}, not the file itself`,
    effect: 'eKuiper installs it as it is, and the program does not find what it expects in it',
    hint: `Run ${fetch} in the project${ci}, then ${again}`,
  };
}
