/** What the plugin of the cases wrote in one life of its process: what reached it, by who it reached. */
interface Life {
  readonly source: readonly string[];
  readonly sink: readonly string[];
  readonly functions: readonly string[];
}

/**
 * The log in a form that can be compared. Source, sink and functions are started side by side and work side by
 * side, in eKuiper as here, so only the order within each of them is determined, and the order of the process's
 * lives. What the rows decide (a call before the sink gets its result) needs no check: nobody could do otherwise.
 */
export function lanesOf(log: readonly string[]): readonly Life[] {
  const lives: string[][] = [[]];
  for (const line of log) {
    if (line.startsWith('["argv"')) lives.push([]);
    lives.at(-1)?.push(line);
  }
  // What came before the first start is a life of its own when there is anything.
  return lives.filter((life, index) => index > 0 || life.length > 0).map(lifeOf);
}

function lifeOf(lines: readonly string[]): Life {
  const lane = (prefix: string): string[] => lines.filter((line) => line.startsWith(prefix));
  return {
    source: [...lane('["argv"'), ...lane('["src.')],
    sink: lane('["snk.'),
    functions: lane('["fn.'),
  };
}

/** Whether two logs say the same in the order that is determined. */
export function sameLog(recorded: readonly string[], ours: readonly string[]): boolean {
  return JSON.stringify(lanesOf(recorded)) === JSON.stringify(lanesOf(ours));
}
