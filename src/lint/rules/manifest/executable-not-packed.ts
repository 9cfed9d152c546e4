import { MOST_IN_NAME, MOST_IN_PATH } from '../../../model/clean-path.ts';
import type { Repair, Report, Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import { leftOutAt } from '../../program/left-out-files.ts';
import { buildCommand } from '../../program/main-program.ts';
import { entryAt, hasRequiredFile } from '../../subject/entries.ts';
import { executableValue, type ReadManifest, readManifest } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const executableNotPacked: Rule = {
  id: 'executable-not-packed',
  severity: 'error',
  explanation: {
    means:
      'The file that "executable" names is not in the package. In a Go project with a go.mod, or one with a build ' +
      'script in its package.json, it may be missing: kplugin pack builds it.',
    why:
      'Every eKuiper checks that the executable was among the unpacked files; directories do not count. ' +
      'Go plugins are often zipped without being built.',
    issues: ['#2646', '#3458'],
    bad: 'mirror.zip\n  mirror.json   { "executable": "mirror", … }\n  main.go',
    good: 'mirror.zip\n  mirror.json   { "executable": "mirror", … }\n  mirror',
  },
  async check(subject): Promise<Report[]> {
    const manifest = readManifest(subject);
    const found = executableValue(subject);
    if (manifest !== null && found.state === 'too-long') return [tooLong(manifest, found.value)];
    const path = found.state === 'usable' ? found.value : null;
    if (manifest === null || path === null || hasRequiredFile(subject, path)) return [];
    if ((await buildCommand(subject)) !== null) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('executable'),
        message: `The executable ${path} is not in the ${subject.view.form === 'zip' ? 'package' : 'project'}`,
        effect: refused(`missing ${path}`),
        hint: await hintFor(subject, path),
      },
    ];
  },
};

/** eKuiper searches the unpacked files first, which cannot include such a path, so it never checks the disk. */
function tooLong(manifest: ReadManifest, value: string): Report {
  return {
    file: manifest.path,
    at: manifest.at('executable'),
    message:
      `The executable has a path of ${Buffer.byteLength(value)} bytes, ${value.slice(0, 30)}…; Linux takes ` +
      `${MOST_IN_PATH} at most, and ${MOST_IN_NAME} in each name`,
    effect: refused(`missing ${value.slice(0, 30)}…`),
    hint: 'Write its path inside the package, such as "main.py"',
  };
}

async function hintFor(subject: Subject, path: string): Promise<string | Repair> {
  const { view } = subject;
  const entry = entryAt(view, path);
  if (entry?.kind === 'directory')
    return `${path} is a folder: name the file in it that starts the plugin`;
  if (entry !== null)
    return repack(`it names it ${path}`, { first: `Its entry is named "${entry.rawName}".` });
  const leftOut = await leftOutAt(subject, path);
  if (leftOut) return `The file exists, but is left out (${leftOut.rule}). ${leftOut.fix}`;
  const near = view.entries.find((other) => other.kind === 'file' && isNear(other.path, path));
  if (near) return `There is ${near.path}: rename it, or write "executable": "${near.path}"`;
  return readManifest(subject)?.info.language === 'python'
    ? `Add ${path}, or correct "executable"`
    : 'Build it first (Go: CGO_ENABLED=0 go build, TypeScript: npm run build), or correct "executable"';
}

function isNear(path: string, wanted: string): boolean {
  const plain = (name: string): string =>
    (name.split('/').at(-1) ?? '').toLowerCase().replace(/\.(exe|py|bin)$/, '');
  return plain(path) === plain(wanted);
}
