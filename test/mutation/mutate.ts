import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../differential/random.ts';
import { writeTree } from '../fixtures/tree.ts';
import { runHere } from './in-process.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateText } from './mutate-text.ts';
import { OTHERS, type Part, PYTHON } from './project.ts';

/** Changed inputs that were answered with a bug. */
export interface Bug {
  /** The number of the first of them. */
  readonly number: number;
  readonly argv: string;
  readonly files: Readonly<Record<string, string>>;
  readonly thrown: string;
}

interface Round {
  readonly root: string;
  readonly random: Random;
  /** How often each exit code came: an input that nobody read would be no test. */
  readonly exits: Map<number, number>;
}

/**
 * Changes `count` files of projects, and runs commands on these projects. Resolves to the inputs that were called bugs.
 * A run has one changed file, or two where neither hides the other.
 */
export async function mutate(folder: string, seed: number, count: number) {
  const random = new Random(seed);
  const exits = new Map<number, number>();
  const places = [PYTHON, OTHERS].map((projects, language) =>
    projects.flatMap((parts, index) => {
      const tree = Object.fromEntries(parts.map((part) => [part.path, part.text]));
      const place = path.join(folder, `${language}-${index}`);
      writeTree(path.join(place, 'base'), tree);
      const root = writeTree(path.join(place, 'project'), tree);
      return parts.map((part) => ({ root, part, others: parts.filter(isBeside(part)) }));
    }),
  );
  const bugs: Bug[] = [];
  let number = 0;
  while (number < count) {
    const { root, part, others } = random.pick(places[random.below(10) < 7 ? 0 : 1] ?? []);
    const second = others.length > 0 && number + 1 < count ? [random.pick(others)] : [];
    const bug = await one({ root, random, exits }, [part, ...second], number);
    if (bug !== null) bugs.push(bug);
    number += 1 + second.length;
  }
  return { bugs, exits };
}

/** Whether another file may be changed in the same run. */
function isBeside(part: Part) {
  return (other: Part) =>
    other !== part &&
    part.isIndependent === true &&
    other.isIndependent === true &&
    part.commands === other.commands;
}

async function one(
  { root, random, exits }: Round,
  parts: readonly Part[],
  number: number,
): Promise<Bug | null> {
  const changed = parts.map((part) => ({ part, content: changedText(part, random) }));
  // Most of what can go wrong does so where a plugin is looked at, which takes the least time.
  const commands = parts[0]?.commands ?? [];
  const argv = random.chance(3) ? random.pick(commands) : (commands[0] ?? []);
  const env = { KPLUGIN_CONFIG: path.join(root, 'config') };
  for (const { part, content } of changed) writeFileSync(path.join(root, part.path), content);
  const thrown = await runHere(argv, root, env).then(
    (exit) => {
      exits.set(exit, (exits.get(exit) ?? 0) + 1);
      return null;
    },
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : `${reason}`),
  );
  for (const { part } of changed) {
    rmSync(path.join(root, part.path), { force: true });
    writeFileSync(path.join(root, part.path), part.text);
  }
  if (thrown === null) return null;
  const files = changed.map(({ part, content }) => [part.path, content.toString().slice(0, 2000)]);
  return { number, argv: argv.join(' '), files: Object.fromEntries(files), thrown };
}

function changedText(part: Part, random: Random): string | Buffer {
  const isJson = part.as === 'json' && random.below(4) > 0;
  return isJson ? mutateJson(part.text, random) : mutateText(part.text, random);
}
