import type { Report, Rule } from '../../engine/rule.ts';
import { failsToStart } from '../../engine/words.ts';
import { forkFailure, programOf } from '../../executable/program.ts';

export const programForAnotherSystem: Rule = {
  id: 'program-for-another-system',
  severity: 'error',
  explanation: {
    means: 'The program was built for macOS (Mach-O) or Windows (PE).',
    why:
      'eKuiper runs on Linux in practice, which cannot execute it. go build makes a program for the machine it runs ' +
      'on unless GOOS says otherwise.',
    issues: ['#2646'],
    bad: 'go build -o mirror .            (on a Mac)',
    good: 'CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -o mirror .',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program?.runs !== 'itself') return [];
    const { header, path } = program;
    if (header.format !== 'mach-o' && header.format !== 'pe') return [];
    const system = header.format === 'pe' ? 'Windows' : 'macOS';
    return [
      {
        file: path,
        message: `The program was built for ${system}, not for Linux`,
        effect: failsToStart(subject, forkFailure(subject, path, 'exec format error')),
        hint: 'Build it with CGO_ENABLED=0 GOOS=linux GOARCH=<of the box> go build; kplugin pack --arch does',
      },
    ];
  },
};
