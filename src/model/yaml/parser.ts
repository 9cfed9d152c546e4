import { TEXT_LIMITS } from '../text-limits.ts';
import type { YamlNode, YamlPair } from './node.ts';
import { resolveScalar, shortTag } from './resolve.ts';
import { YamlError, type YamlInput } from './scan/input.ts';
import type { Token, TokenType, YamlSyntax } from './scan/token.ts';
import { Scanner } from './scanner.ts';

/** The first document of a text. */
interface YamlDocument {
  /** Null when the text has no document. */
  readonly root: YamlNode | null;
  /** Offset of what follows the document; null when nothing does. */
  readonly next: number | null;
}

/** Parses the first document; reads only as much after it as Go does. Throws YamlError. */
export function parseDocument(input: YamlInput, syntax: YamlSyntax): YamlDocument {
  return new Parser(input, syntax).document();
}

/** Anchor and tag before a node. */
interface Properties {
  readonly anchor: string | null;
  /** As in a {@link YamlNode}; empty for none. */
  readonly tag: string;
  readonly start: number;
}

type Target = Exclude<YamlNode, { kind: 'alias' }>;

/** A list or mapping whose end offset is not known yet. */
type Open<K extends 'sequence' | 'mapping'> = { end: number } & Omit<
  Extract<YamlNode, { kind: K }>,
  'end'
>;

const AFTER_KEY: ReadonlySet<TokenType> = new Set(['key', 'value', 'block-end']);

const NO_CONTENT: ReadonlySet<TokenType> = new Set([
  'version',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]);

class Parser {
  readonly #scanner: Scanner;
  readonly #versions: readonly string[];
  readonly #anchors = new Map<string, Target>();
  readonly #handles = new Map<string, string>();
  #depth = 0;
  #nodes = 0;

  constructor(input: YamlInput, syntax: YamlSyntax) {
    this.#versions = syntax === '1.2' ? ['1.1', '1.2'] : ['1.1'];
    this.#scanner = new Scanner(input, syntax);
  }

  document(): YamlDocument {
    this.#take();
    const first = this.#peek();
    if (first.type === 'stream-end') return { root: null, next: null };
    const isExplicit = NO_CONTENT.has(first.type) && first.type !== 'document-end';
    this.#directives();
    if (isExplicit) {
      const start = this.#peek();
      if (start.type !== 'document-start') {
        throw failed('did not find expected <document start>', start);
      }
      this.#take();
    }
    const root = this.#root(isExplicit);
    if (this.#peek().type === 'document-end') this.#take();
    return { root, next: this.#next() };
  }

  #root(isExplicit: boolean): YamlNode {
    const token = this.#peek();
    return isExplicit && NO_CONTENT.has(token.type)
      ? this.#empty(token.start)
      : this.#node('block');
  }

  /** Peeks at what follows the document, only for a warning: Go does not report errors there. */
  #next(): number | null {
    try {
      const { type, start } = this.#peek();
      return type === 'stream-end' ? null : start;
    } catch (thrown) {
      if (thrown instanceof YamlError) return thrown.at.start;
      throw thrown;
    }
  }

  #directives(): void {
    let hasVersion = false;
    for (;;) {
      const token = this.#peek();
      if (token.type === 'version') {
        if (hasVersion) throw failed('found duplicate %YAML directive', token);
        if (!this.#versions.includes(token.value))
          throw failed('found incompatible YAML document', token);
        hasVersion = true;
      } else if (token.type === 'tag-directive') {
        if (this.#handles.has(token.value)) throw failed('found duplicate %TAG directive', token);
        this.#handles.set(token.value, token.suffix);
      } else break;
      this.#take();
    }
    if (!this.#handles.has('!')) this.#handles.set('!', '!');
    if (!this.#handles.has('!!')) this.#handles.set('!!', 'tag:yaml.org,2002:');
  }

  /** Parses a node. `indentless`: a list may start at the column of its key. */
  #node(context: 'block' | 'indentless' | 'flow'): YamlNode {
    const first = this.#peek();
    if (first.type === 'alias') return this.#alias(first);
    this.#count(first.start);
    this.#depth += 1;
    if (this.#depth > TEXT_LIMITS.yamlDepth)
      throw limited(`values lie more than ${TEXT_LIMITS.yamlDepth} levels deep`, first.start);
    const properties = this.#properties(first);
    const node = this.#content(properties, context);
    this.#depth -= 1;
    return node;
  }

  #content(properties: Properties, context: 'block' | 'indentless' | 'flow'): YamlNode {
    const token = this.#peek();
    const { type } = token;
    if (context === 'indentless' && type === 'block-entry') return this.#list(properties, null);
    if (type === 'scalar') {
      this.#take();
      return this.#scalar(token, properties);
    }
    if (type === 'flow-sequence-start') return this.#flowList(properties);
    if (type === 'flow-mapping-start') return this.#flowMapping(properties);
    if (context !== 'flow' && type === 'block-sequence-start') return this.#list(properties, token);
    if (context !== 'flow' && type === 'block-mapping-start') return this.#mapping(properties);
    if (properties.anchor === null && properties.tag === '') {
      throw failed('did not find expected node content', token);
    }
    return this.#scalar({ ...token, value: '', isPlain: true, end: properties.start }, properties);
  }

  #alias(token: Token): YamlNode {
    const { value: name, start, end } = token;
    const target = this.#anchors.get(name);
    if (!target) throw failed(`unknown anchor '${name}' referenced`, token);
    this.#take();
    return { kind: 'alias', name, target, start, end };
  }

  #properties({ start }: Token): Properties {
    let anchor: string | null = null;
    let tag: Token | null = null;
    for (;;) {
      const token = this.#peek();
      if (token.type === 'anchor' && anchor === null) anchor = token.value;
      else if (token.type === 'tag' && tag === null) tag = token;
      else break;
      this.#take();
    }
    return { anchor, tag: tag === null ? '' : this.#tag(tag), start };
  }

  #tag(token: Token): string {
    const { value: handle, suffix } = token;
    const prefix = handle === '' ? '' : this.#handles.get(handle);
    const tag = prefix === undefined ? '' : prefix + suffix;
    if (handle !== '' && tag === '') throw failed('found undefined tag handle', token);
    return shortTag(tag);
  }

  #scalar({ value, start, end, isPlain }: Token, properties: Properties): YamlNode {
    const { tag } = properties;
    const isTagged = tag !== '' && tag !== '!';
    const own = isTagged ? tag : implicitTag(value, isPlain);
    const form = isTagged ? 'tagged' : isPlain && tag === '' ? 'plain' : 'text';
    const from = Math.min(properties.start, start);
    return this.#anchored(
      { kind: 'scalar', tag: own, value, form, start: from, end: Math.max(end, from + 1) },
      properties,
    );
  }

  #empty(at: number): YamlNode {
    this.#count(at);
    return { kind: 'scalar', tag: '!!null', value: '', form: 'plain', start: at, end: at + 1 };
  }

  #count(at: number): void {
    this.#nodes += 1;
    if (this.#nodes > TEXT_LIMITS.yamlNodes) {
      throw limited(`it has more than ${TEXT_LIMITS.yamlNodes} keys and values`, at);
    }
  }

  #anchored(node: Target, { anchor }: Properties): YamlNode {
    if (anchor !== null) this.#anchors.set(anchor, node);
    return node;
  }

  /** Parses a block list; without a start token it is an indentless list. */
  #list(properties: Properties, opening: Token | null): YamlNode {
    const node = this.#items(properties);
    if (opening) this.#take();
    while (this.#peek().type === 'block-entry') {
      const { end } = this.#peek();
      this.#take();
      const { type } = this.#peek();
      const isEmpty =
        type === 'block-entry' ||
        type === 'block-end' ||
        (opening === null && (type === 'key' || type === 'value'));
      const item = isEmpty ? this.#empty(end) : this.#node('block');
      node.items.push(item);
      node.end = item.end;
    }
    if (opening) this.#close('block-end', "did not find expected '-' indicator");
    return node;
  }

  #mapping(properties: Properties): YamlNode {
    const node = this.#pairs(properties);
    this.#take();
    while (this.#peek().type === 'key') {
      const { end } = this.#peek();
      this.#take();
      const key = AFTER_KEY.has(this.#peek().type) ? this.#empty(end) : this.#node('indentless');
      const value = this.#blockValue();
      node.pairs.push({ key, value });
      node.end = Math.max(key.end, value.end);
    }
    this.#close('block-end', 'did not find expected key');
    return node;
  }

  #blockValue(): YamlNode {
    const token = this.#peek();
    if (token.type !== 'value') return this.#empty(token.start);
    this.#take();
    return AFTER_KEY.has(this.#peek().type) ? this.#empty(token.end) : this.#node('indentless');
  }

  #flowList(properties: Properties): YamlNode {
    const node = this.#items(properties);
    this.#take();
    for (let isFirst = true; this.#peek().type !== 'flow-sequence-end'; isFirst = false) {
      if (!isFirst) this.#close('flow-entry', "did not find expected ',' or ']'");
      const token = this.#peek();
      if (token.type === 'flow-sequence-end') break;
      node.items.push(token.type === 'key' ? this.#singlePair(token) : this.#node('flow'));
    }
    node.end = this.#peek().end;
    this.#take();
    return node;
  }

  /** Parses `[a: b]`: a mapping of one pair, without braces. */
  #singlePair({ start, end }: Token): YamlNode {
    this.#take();
    const { type } = this.#peek();
    const isMissing = type === 'value' || type === 'flow-entry' || type === 'flow-sequence-end';
    // An absent key also consumes the next token, even if it ends the list.
    if (isMissing) this.#take();
    const key = isMissing ? this.#empty(end) : this.#node('flow');
    const value = this.#flowValue('flow-sequence-end');
    const last = Math.max(start + 1, key.end, value.end);
    return { kind: 'mapping', tag: '!!map', pairs: [{ key, value }], start, end: last };
  }

  #flowMapping(properties: Properties): YamlNode {
    const node = this.#pairs(properties);
    this.#take();
    for (let isFirst = true; this.#peek().type !== 'flow-mapping-end'; isFirst = false) {
      if (!isFirst) this.#close('flow-entry', "did not find expected ',' or '}'");
      const token = this.#peek();
      if (token.type === 'flow-mapping-end') break;
      node.pairs.push(token.type === 'key' ? this.#flowPair() : this.#lonelyKey());
    }
    node.end = this.#peek().end;
    this.#take();
    return node;
  }

  #flowPair(): YamlPair {
    this.#take();
    const { type, start } = this.#peek();
    const isMissing = type === 'value' || type === 'flow-entry' || type === 'flow-mapping-end';
    const key = isMissing ? this.#empty(start) : this.#node('flow');
    return { key, value: this.#flowValue('flow-mapping-end') };
  }

  #lonelyKey(): YamlPair {
    const key = this.#node('flow');
    return { key, value: this.#empty(this.#peek().start) };
  }

  #flowValue(closing: TokenType): YamlNode {
    if (this.#peek().type !== 'value') return this.#empty(this.#peek().start);
    this.#take();
    const { type, start } = this.#peek();
    return type === 'flow-entry' || type === closing ? this.#empty(start) : this.#node('flow');
  }

  #items(properties: Properties): Open<'sequence'> {
    const { tag, start } = properties;
    const own = tag === '' || tag === '!' ? '!!seq' : tag;
    const node = { kind: 'sequence' as const, tag: own, items: [], start, end: start + 1 };
    this.#anchored(node, properties);
    return node;
  }

  #pairs(properties: Properties): Open<'mapping'> {
    const { tag, start } = properties;
    const own = tag === '' || tag === '!' ? '!!map' : tag;
    const node = { kind: 'mapping' as const, tag: own, pairs: [], start, end: start + 1 };
    this.#anchored(node, properties);
    return node;
  }

  #close(type: TokenType, otherwise: string): void {
    const token = this.#peek();
    if (token.type !== type) throw failed(otherwise, token);
    this.#take();
  }

  #peek(): Token {
    return this.#scanner.peek();
  }

  #take(): void {
    this.#scanner.peek();
    this.#scanner.take();
  }
}

function implicitTag(value: string, isPlain: boolean): string {
  if (!isPlain) return '!!str';
  return value === '<<' ? '!!merge' : resolveScalar('', value).tag;
}

function failed(message: string, { start, end }: Token): YamlError {
  return new YamlError(message, { start, end: Math.max(end, start + 1) });
}

function limited(message: string, start: number): YamlError {
  return new YamlError(message, { start, end: start + 1 }, 'limit');
}
