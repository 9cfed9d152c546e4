import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { type ExecutableHeader, scriptProgram } from '../../executable/executable-header.ts';
import { programOf } from '../../executable/program.ts';
import { readManifest } from '../../subject/manifest.ts';

export const programNotPython: Rule = {
  id: 'program-not-python',
  severity: 'error',
  explanation: {
    means:
      '"language" is "python", but the executable is a compiled program or a script of another language.',
    why: 'eKuiper hands the file to its Python, which stops at the first line. "go" means: run the file itself.',
    issues: [],
    bad: '{ "language": "python", "executable": "probe" }   (an ELF file)',
    good: '{ "language": "go", "executable": "probe" }',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    const other = program?.runs === 'python' ? otherThanPython(program.header) : null;
    if (program === null || other === null) return [];
    const manifest = readManifest(subject);
    return [
      {
        file: manifest?.path ?? program.path,
        ...(manifest && { at: manifest.at('language') }),
        message: `"language" is "python", but ${program.path} is ${other}`,
        effect: failsHandshake(subject, 'Python cannot read the file and exits'),
        hint: 'Write "language": "go", which runs the file itself',
      },
    ];
  },
};

function otherThanPython(header: ExecutableHeader): string | null {
  switch (header.format) {
    case 'elf':
      return 'a Linux program';
    case 'pe':
      return 'a Windows program';
    case 'mach-o':
      return 'a macOS program';
    case 'script': {
      const name = scriptProgram(header);
      return name === '' || /^(python|pypy)/.test(name) ? null : `a script for ${name}`;
    }
    default:
      return null;
  }
}
