import type { Report, Rule } from '../../engine/rule.ts';
import { failsToStart } from '../../engine/words.ts';
import type { ElfHeader } from '../../executable/executable-header.ts';
import { forkFailure, programOf } from '../../executable/program.ts';

export const programNotStatic: Rule = {
  id: 'program-not-static',
  severity: 'warning',
  explanation: {
    means: 'The program needs a loader and a C library on the machine: glibc, musl or another.',
    why:
      'eKuiper\'s default image is Alpine (musl). A program linked against glibc fails there with "no such file or ' +
      'directory", although the file is there: the loader is what is missing. The -slim and -full images have glibc ' +
      'and no musl. A static program runs everywhere.',
    issues: ['#2646'],
    bad: 'go build -o mirror .            (with cgo)',
    good: 'CGO_ENABLED=0 go build -o mirror .',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program?.runs !== 'itself' || program.header.format !== 'elf') return [];
    const { header, path } = program;
    if (header.interpreter === null) return [];
    const words = forkFailure(subject, path, 'no such file or directory');
    return [
      {
        file: path,
        message: `The program needs ${NAMES[header.libc]} (${header.interpreter || 'unknown'})`,
        effect: `Where that is missing, as in ${LACKS[header.libc]}: ${failsToStart(subject, words)}`,
        hint: 'Build it static (Go: CGO_ENABLED=0 go build), or use an image that has this loader',
      },
    ];
  },
};

const NAMES: Readonly<Record<ElfHeader['libc'], string>> = {
  glibc: 'glibc',
  musl: 'musl',
  other: 'a loader of its own',
  none: 'nothing',
};

const LACKS: Readonly<Record<ElfHeader['libc'], string>> = {
  glibc: "eKuiper's default image (Alpine)",
  musl: 'the -slim and -full images (Debian)',
  other: "eKuiper's images",
  none: 'no image',
};
