import { posix } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { type NodeProgram, nodeProgramOf } from '../../executable/program.ts';

export const nodeProgramIsModule: Rule = {
  id: 'node-program-is-module',
  severity: 'warning',
  explanation: {
    means:
      'The program is run by Node, has import, export or a top-level await in it, and nothing that tells Node so: ' +
      'no extension .mjs.',
    why:
      'A file without extension, or with .js and no package.json beside it, is CommonJS for Node. Node 20 before 20.19, ' +
      '22 before 22.7 and all older ones stop at its first import; newer ones read the file twice to find out.',
    issues: [],
    bad: "#!/usr/bin/env node\nimport { startPlugin } from 'kplugin/sdk';",
    good: '#!/usr/bin/env node\n"use strict";   // esbuild src/main.ts --bundle --platform=node --format=cjs --outfile=probe',
  },
  async check(subject): Promise<Report[]> {
    const program = await nodeProgramOf(subject);
    if (program === null || !['', '.js'].includes(posix.extname(program.path))) return [];
    // A package.json in the package may contain "type": "module".
    const folder = posix.dirname(program.path).replace(/^\.$/, '');
    if ((await subject.view.read(posix.join(folder, 'package.json'))) !== null) return [];
    const word = moduleWord(program);
    if (word === null) return [];
    return [
      {
        file: program.path,
        message: `The program is an ES module (${word}), which its name does not tell`,
        effect: failsHandshake(subject, 'Node before 20.19 stops with a SyntaxError'),
        hint: 'Bundle it as CommonJS (esbuild --format=cjs), or name it with .mjs in "executable" as well',
      },
    ];
  },
};

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Cannot use import statement outside a module/, 'import'],
  [/^Unexpected token 'export'/, 'export'],
  [/^Cannot use 'import\.meta' outside a module/, 'import.meta'],
  [/^await is only valid in async functions and the top level bodies of modules/, 'await'],
];

/** The module syntax at which V8 fails to parse the program as CommonJS, or null; the program is not run. */
function moduleWord({ text }: NodeProgram): string | null {
  try {
    compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']);
    return null;
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : '';
    return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
  }
}
