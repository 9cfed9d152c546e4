import { closest } from '../../../model/closest.ts';
import type { Span } from '../../../model/json/node.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import {
  PLUGIN_NAMES,
  SDK_MODULES,
  SDK_NAMES,
  sdkImports,
} from '../../program/python/sdk-names.ts';
import { reachedFiles } from '../../program/source-files.ts';
import { guardedInPython, isGuarded } from '../../program/tokens/python-statements.ts';
import { is, placesOf, type Token, tokensOf } from '../../program/tokens/token.ts';
import { packedPaths } from '../../subject/entries.ts';
import { readManifest } from '../../subject/manifest.ts';
import type { Subject, TextFile } from '../../subject/subject.ts';

export const sdkNameUnknown: Rule = {
  id: 'sdk-name-unknown',
  severity: 'error',
  explanation: {
    means: "The Python program uses a name that eKuiper's SDK (the package ekuiper) does not have.",
    why:
      'Python stops at that line. The package has plugin, PluginConfig, Source, Sink, Function and Context, in every ' +
      'release from 1.4.0 to 2.4.2; its module plugin has start. A package that brings a module ekuiper of its own is ' +
      'not checked.',
    issues: [],
    bad: 'from ekuiper import PluginConfig, SourceBase, plugin',
    good: 'from ekuiper import PluginConfig, Source, plugin',
  },
  async check(subject) {
    if (readManifest(subject)?.info.language !== 'python') return [];
    const packed = packedPaths(subject.view);
    if ([...packed].some((path) => /(^|\/)ekuiper(?:\/__init__)?\.(?:py|pyc)$/.test(path)))
      return [];
    const files = await reachedFiles(subject);
    return firstOf(files.flatMap(({ file }) => inFile(subject, file)));
  },
};

interface Unknown {
  readonly at: Span;
  readonly name: string;
  /** The error of Python. */
  readonly error: string;
  readonly meant: string | null;
  readonly known: readonly string[];
}

function inFile(subject: Subject, file: TextFile): Report[] {
  const { text } = file.source;
  const tokens = tokensOf('python', text);
  const ranges = guardedInPython(tokens, text);
  const found = [...unknownImports(tokens), ...unknownMembers(tokens)];
  return found
    .filter(({ at }) => !isGuarded(ranges, at.start))
    .map(({ at, name, error, meant, known }) => ({
      file: file.path,
      at,
      message: `The SDK has no ${name}`,
      effect: failsHandshake(subject, `Python stops with "${error}"`),
      hint: meant ? `Write ${meant}` : `The SDK has ${known.join(', ')}`,
    }));
}

/** `from ekuiper import Sorce` and `from ekuiper.plugin import start`. */
function unknownImports(tokens: readonly Token[]): Unknown[] {
  return sdkImports(tokens).flatMap(({ module, name, at, from }): Unknown[] => {
    if (!SDK_MODULES.has(module)) {
      const error = `ModuleNotFoundError: No module named '${module}'`;
      const meant = module === 'ekuiper.plugin' ? 'ekuiper.runtime.plugin' : null;
      return [{ at: from, name: module, error, meant, known: SDK_NAMES }];
    }
    if (module !== 'ekuiper' || SDK_NAMES.includes(name)) return [];
    const error = `ImportError: cannot import name '${name}' from 'ekuiper'`;
    return [{ at, name, error, meant: closest(name, SDK_NAMES), known: SDK_NAMES }];
  });
}

/** `plugin.run(config)`, where `plugin` can only be the SDK's module. */
function unknownMembers(tokens: readonly Token[]): Unknown[] {
  const imported = sdkImports(tokens).find(
    ({ module, name }) => module === 'ekuiper' && name === 'plugin',
  );
  if (!imported) return [];
  const places = placesOf(tokens, imported.local);
  const isOnlyThere = places.every((at) => {
    const { start } = tokens[at] ?? imported.at;
    return start === imported.localStart || is(tokens[at + 1], '.') || is(tokens[at - 1], '.');
  });
  if (!isOnlyThere) return [];
  return places.flatMap((at): Unknown[] => {
    const member = tokens[at + 2];
    const isCall = is(tokens[at + 1], '.') && is(tokens[at + 3], '(') && !is(tokens[at - 1], '.');
    if (!isCall || member?.type !== 'name' || PLUGIN_NAMES.includes(member.text)) return [];
    const name = `plugin.${member.text}`;
    const error = `AttributeError: module 'ekuiper.runtime.plugin' has no attribute '${member.text}'`;
    return [{ at: member, name, error, meant: 'plugin.start', known: SDK_NAMES }];
  });
}
