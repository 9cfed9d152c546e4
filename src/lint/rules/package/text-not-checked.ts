import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { mayBeManifest } from '../../subject/find-manifest.ts';
import { symbolFilesIn } from '../../subject/read-subject.ts';

const SCRIPT = 'install.sh';
const LIMIT = `${TEXT_LIMITS.textFile / 1024 ** 2} MiB`;
const SCRIPT_LIMIT = `${TEXT_LIMITS.script / 1024} KiB`;

export const textNotChecked: Rule = {
  id: 'text-not-checked',
  severity: 'error',
  explanation: {
    means: `The manifest or a file that describes symbols has more than ${LIMIT}, or install.sh more than ${SCRIPT_LIMIT}.`,
    why: 'This is a limit of kplugin, not of eKuiper: it does not read such a file, so it cannot say what eKuiper makes of it. No file that people write comes near it.',
    issues: [],
    bad: 'functions/upper.json, with 90 MB',
    good: 'functions/upper.json, with the description of the functions',
  },
  check({ view }): Report[] {
    const symbols = new Set(symbolFilesIn(view).map(({ path }) => path));
    const files = view.entries.filter(({ kind }) => kind === 'file');
    const long = files.filter(
      ({ path, size }) => size > TEXT_LIMITS.textFile && (mayBeManifest(path) || symbols.has(path)),
    );
    const script = files.filter(({ path, size }) => path === SCRIPT && size > TEXT_LIMITS.script);
    return [
      ...long.map((entry) => notChecked(entry, LIMIT)),
      ...script.map((entry) => ({
        ...notChecked(entry, SCRIPT_LIMIT),
        severity: 'warning' as const,
      })),
    ];
  },
};

function notChecked({ path, size }: { path: string; size: number }, limit: string): Report {
  return {
    file: path,
    message: `kplugin does not check files of this size: it has ${size} bytes, and at most ${limit} are read`,
    effect: 'What eKuiper makes of the file is not known',
    hint: 'Look at what is in it; data belongs in a file of its own, which the program or the script reads',
  };
}
