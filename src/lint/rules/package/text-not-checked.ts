import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { mayBeManifest } from '../../subject/find-manifest.ts';
import { symbolFilesIn } from '../../subject/read-subject.ts';

const LIMIT = `${TEXT_LIMITS.textFile / 1024 ** 2} MiB`;

export const textNotChecked: Rule = {
  id: 'text-not-checked',
  severity: 'error',
  explanation: {
    means: `The manifest, a file that describes symbols or install.sh has more than ${LIMIT}.`,
    why: 'This is a limit of kplugin, not of eKuiper: it does not read such a file, so it cannot say what eKuiper makes of it. No file that people write comes near it.',
    issues: [],
    bad: 'functions/upper.json, with 90 MB',
    good: 'functions/upper.json, with the description of the functions',
  },
  check({ view }): Report[] {
    const symbols = new Set(symbolFilesIn(view).map(({ path }) => path));
    const read = (path: string): boolean =>
      mayBeManifest(path) || symbols.has(path) || path === SCRIPT;
    const long = view.entries.filter(
      ({ path, kind, size }) => kind === 'file' && size > TEXT_LIMITS.textFile && read(path),
    );
    return long.map(({ path, size }) => ({
      file: path,
      ...(path === SCRIPT ? { severity: 'warning' } : {}),
      message: `kplugin does not check files of this size: it has ${size} bytes, and at most ${LIMIT} are read`,
      effect: 'What eKuiper makes of the file is not known',
      hint: 'Look at what is in it; data belongs in a file of its own, which the program or the script reads',
    }));
  },
};

const SCRIPT = 'install.sh';
