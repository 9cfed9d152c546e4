import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../differential/random.ts';
import { writeTree } from '../fixtures/tree.ts';
import { runHere } from './in-process.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';
import { OTHERS, type Part, PYTHON } from './project.ts';

/** An input that was answered with a bug. */
export interface Bug {
  readonly number: number;
  readonly argv: string;
  readonly file: string;
  readonly content: string;
  readonly thrown: string;
}

interface Round {
  readonly root: string;
  readonly random: Random;
  /** How often each exit code came: an input that nobody read would be no test. */
  readonly exits: Map<number, number>;
}

/** Changes one file of a project `count` times, and runs a command on each. Resolves to the inputs that were called bugs. */
export async function mutate(folder: string, seed: number, count: number) {
  const random = new Random(seed);
  const exits = new Map<number, number>();
  const places = [PYTHON, OTHERS].map((projects, language) =>
    projects.flatMap((parts, index) => {
      const tree = Object.fromEntries(parts.map((part) => [part.path, part.text]));
      const place = path.join(folder, `${language}-${index}`);
      writeTree(path.join(place, 'base'), tree);
      const root = writeTree(path.join(place, 'project'), tree);
      return parts.map((part) => ({ root, part }));
    }),
  );
  const bugs: Bug[] = [];
  for (let number = 0; number < count; number += 1) {
    const { root, part } = random.pick(places[random.below(10) < 7 ? 0 : 1] ?? []);
    const bug = await one({ root, random, exits }, part, number);
    if (bug !== null) bugs.push(bug);
  }
  return { bugs, exits };
}

async function one(
  { root, random, exits }: Round,
  part: Part,
  number: number,
): Promise<Bug | null> {
  const isJson = part.as === 'json' && random.below(4) > 0;
  const content = isJson ? mutateJson(part.text, random) : mutateText(part.text, random);
  const file = path.join(root, part.path);
  // Most of what can go wrong does so where a plugin is looked at, which takes the least time.
  const argv = random.chance(3) ? random.pick(part.commands) : (part.commands[0] ?? []);
  const env = { KPLUGIN_CONFIG: path.join(root, 'config') };
  writeFileSync(file, content);
  const thrown = await runHere(argv, root, env).then(
    (exit) => {
      exits.set(exit, (exits.get(exit) ?? 0) + 1);
      return null;
    },
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : `${reason}`),
  );
  rmSync(file, { force: true });
  writeFileSync(file, part.text);
  if (thrown === null) return null;
  const shown = content.toString().slice(0, 2000);
  return { number, argv: argv.join(' '), file: part.path, content: shown, thrown };
}
