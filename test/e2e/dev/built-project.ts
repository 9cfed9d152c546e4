import type { Tree } from '../../fixtures/tree.ts';
import { manifestOf, plainProject } from './plain-project.ts';

/**
 * {@link plainProject} with a build: `src/answer.txt` becomes the `a` of its answers. Each build notes its process id in
 * `$SERVING/builds`, waits while there is a file `$SERVING/hold`, and fails after it has written for "wrong".
 */
export function builtProject(name: string): Tree {
  const { run, ...others } = plainProject(name);
  return {
    ...others,
    ...manifestOf(name, 'dist/run'),
    'src/run': run ?? '',
    'src/answer.txt': 'a',
    'package.json': JSON.stringify({ scripts: { build: 'node build.js' } }),
    'build.js': BUILD,
    '.kpluginignore': '/src/\n/tests/\n/*.js\n',
  };
}

const BUILD = `
const fs = require('node:fs');
const path = require('node:path');
const place = (name) => path.join(process.env.SERVING, name);
const answer = fs.readFileSync('src/answer.txt', 'utf8');
fs.appendFileSync(place('builds'), process.pid + '\\n');

const look = setInterval(() => {
  if (fs.existsSync(place('hold'))) return;
  clearInterval(look);
  fs.mkdirSync('dist', { recursive: true });
  fs.copyFileSync('src/run', 'dist/run');
  fs.writeFileSync('dist/answer.js', 'module.exports = ' + JSON.stringify(answer) + ';');
  fs.copyFileSync('more.js', 'dist/more.js');
  if (answer !== 'wrong') return;
  console.error('src/answer.txt:1: this answer is wrong');
  process.exit(1);
}, 5);
`;
