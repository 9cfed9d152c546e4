import type { Outcome } from '../../cli/outcome.ts';
import { bold, type Cell, dim, info, type View } from '../../cli/output/view.ts';
import { has } from '../../model/behaviours.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { shellWord } from '../../model/shell-word.ts';
import { releaseOf, type Target } from '../../model/target.ts';
import { type AttachedPlugin, startInstructions } from './attached-plugin.ts';
import { type ChosenPython, pythonText } from './pythons.ts';
import type { Serving } from './serve-until.ts';

interface Ready extends Serving {
  readonly target: Target;
  readonly python: ChosenPython;
  readonly cwd: string;
  readonly isTemporary: boolean;
  /** Plugins that the user starts. */
  readonly byHand: readonly AttachedPlugin[];
}

/** The outcome of `serve` when it is ready: addresses, plugins, next commands. */
export function readyOutcome(ready: Ready): Outcome {
  const { url, symbolsUrl, target, home, python, plugins, byHand } = ready;
  return {
    data: {
      url,
      symbolsUrl,
      target,
      version: releaseOf(target),
      home,
      python: python.program,
      plugins: plugins.map(({ name, sources, sinks, functions }) => ({
        name,
        sources: sources ?? [],
        sinks: sinks ?? [],
        functions: functions ?? [],
        start: byHand.find(({ plugin }) => plugin.name === name)?.start ?? null,
      })),
    },
    view: () => readyViews(ready),
    next: nextCommands(ready),
  };
}

function readyViews(ready: Ready): readonly View[] {
  const { url, symbolsUrl, target, home, python, cwd, isTemporary, plugins, byHand } = ready;
  return [
    {
      title: [bold(url), ` answers as eKuiper ${releaseOf(target)}`],
      lines: [
        ...(symbolsUrl === null ? [] : [`symbols ${symbolsUrl}`]),
        [`home    ${home}`, dim(isTemporary ? ' (removed at the end)' : '')],
        `python  ${pythonText(python, cwd)}`,
        ...plugins.map((one): Cell => ['plugin  ', info(one.name), symbolText(one)]),
        ...lazyNote(ready).map(dim),
        dim('Ctrl-C ends it'),
      ],
    },
    ...byHand.map((one) => ({ lines: startInstructions(one) })),
  ];
}

function symbolText({ sources, sinks, functions }: PluginInfo): string {
  const groups = [
    ['source', sources],
    ['sink', sinks],
    ['function', functions],
  ] as const;
  const named = groups.flatMap(([kind, names]) => (names ?? []).map((name) => `${kind} ${name}`));
  return named.length === 0 ? '' : `: ${named.join(', ')}`;
}

/** A note for versions that start a plugin only when it is used, so that it is not taken for a failure. */
function lazyNote({ target, plugins, byHand }: Ready): string[] {
  if (has(target, 'starts-at-install') || plugins.length === byHand.length) return [];
  return [`        started with the first symbol, as by eKuiper ${releaseOf(target)}`];
}

/** One example command for each kind of symbol. */
function nextCommands({ url, symbolsUrl, plugins }: Ready): string[] {
  if (plugins.length === 0 || symbolsUrl === null) {
    return [`kplugin install <dir|zip> --host ${shellWord(url.replace('http://', ''))}`];
  }
  const first = (key: 'sources' | 'sinks' | 'functions'): string | undefined =>
    plugins.flatMap((info) => info[key] ?? [])[0];
  const [source, sink, called] = [first('sources'), first('sinks'), first('functions')];
  return [
    ...(source === undefined
      ? []
      : [`curl -X POST ${shellWord(`${symbolsUrl}/sources/${source}?messages=3`)}`]),
    ...(sink === undefined
      ? []
      : [`curl ${shellWord(`${symbolsUrl}/sinks/${sink}`)} -d '[{"a":1}]'`]),
    ...(called === undefined
      ? []
      : [`curl ${shellWord(`${symbolsUrl}/functions/${called}`)} -d '["a"]'`]),
    `curl ${shellWord(`${symbolsUrl}/symbols`)}`,
  ];
}
