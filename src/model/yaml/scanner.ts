import { Cursor, END, isBlank, isSpaceOrEnd, type Mark } from './scan/cursor.ts';
import type { YamlInput } from './scan/input.ts';
import { scanBlock } from './scan/scan-block.ts';
import { scanPlain } from './scan/scan-plain.ts';
import { scanQuoted } from './scan/scan-quoted.ts';
import { skipLineComment, skipToToken } from './scan/scan-space.ts';
import { scanAnchor, scanDirective, scanTag } from './scan/scan-words.ts';
import {
  bareToken,
  isFlowIndicator,
  type SimpleKey,
  type Token,
  type TokenType,
  type YamlSyntax,
} from './scan/token.ts';

/** Go's limit for nested brackets and for nested blocks. */
const MOST_LEVELS = 10_000;

/** Maximum length of a key without `?`, in characters. */
const LONGEST_KEY = 1024;

/** yaml.v3 scans this many tokens ahead, so it reports errors that much earlier. */
const LOOKAHEAD = 2;

/** Consumed tokens are removed from the queue in bulk. */
const MOST_TAKEN = 256;

const BACKTICK = 96;

/** Characters that cannot start a plain scalar; `-`, `?` and `:` can when a non-blank follows. */
const INDICATORS: ReadonlySet<number> = new Set(
  [...'-?:,[]{}#&*!|>\'"%@'].map((char) => char.charCodeAt(0)).concat(BACKTICK),
);

/**
 * Splits a YAML text into tokens as yaml.v3 does: indentation becomes `block-…-start` and `block-end`, and a key
 * without `?` gets its `key` token when its `:` is scanned. Source: the YAML 1.1 rules of gopkg.in/yaml.v3.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #syntax: YamlSyntax;
  readonly #queue: Token[] = [];
  /** Index of the next token in the queue, and the number of tokens consumed before the queue. */
  #head = 0;
  #taken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  readonly #keys: SimpleKey[] = [];
  /** Levels of brackets with a token that may be a key, by its number. */
  readonly #keyLevels = new Map<number, number>();
  #keyAllowed = true;

  constructor(input: YamlInput, syntax: YamlSyntax) {
    this.#syntax = syntax;
    this.#cursor = new Cursor(input);
    this.#keys.push(impossible(0, this.#cursor.mark));
    this.#push(bareToken('stream-start', 0, 0));
  }

  /** Returns the next token without consuming it. Throws YamlError. */
  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#queue[this.#head] ?? bareToken('stream-end', this.#cursor.at, this.#cursor.at);
  }

  /** Consumes the token that {@link peek} returned. */
  take(): void {
    this.#head += 1;
    this.#taken += 1;
    if (this.#head < MOST_TAKEN) return;
    // The last consumed token stays: what follows a token depends on it.
    this.#queue.splice(0, this.#head - 1);
    this.#head = 1;
  }

  #needsMore(): boolean {
    if (this.#head >= this.#queue.length - LOOKAHEAD) return true;
    const level = this.#keyLevels.get(this.#taken);
    const key = level === undefined ? undefined : this.#keys[level];
    return key !== undefined && this.#isStillKey(key);
  }

  #fetch(): void {
    const cursor = this.#cursor;
    cursor.need(1);
    skipToToken(
      cursor,
      () => this.#inFlow || !this.#keyAllowed || (this.#syntax === '1.2' && cursor.isRestBlank()),
      () => {
        if (!this.#inFlow) this.#keyAllowed = true;
      },
    );
    this.#unroll(cursor.column);
    cursor.need(4);
    const code = cursor.code();
    if (code === END) this.#endStream();
    else if (code === 37 && cursor.column === 0) this.#outside(() => scanDirective(cursor));
    else if (cursor.isIndicator(45)) this.#outside(() => this.#chars(3, 'document-start'));
    else if (cursor.isIndicator(46)) this.#outside(() => this.#chars(3, 'document-end'));
    else {
      this.#fetchContent(code);
      if (this.#queue.at(-1)?.type !== 'block-entry') skipLineComment(cursor);
    }
  }

  #fetchContent(code: number): void {
    const next = this.#cursor.code(1);
    const opens = OPENING.get(code);
    const closes = CLOSING.get(code);
    const isMark = this.#isMark(next);
    if (opens) this.#open(opens);
    else if (closes) this.#close(closes);
    else if (code === 44) this.#flowEntry();
    else if (code === 45 && isSpaceOrEnd(next)) this.#blockEntry();
    else if (code === 63 && isMark) this.#explicitKey();
    else if (code === 58 && (isMark || this.#isBehindBrackets())) this.#value();
    else this.#fetchNode(code, next);
  }

  /** Whether a `?` or `:` before this character is an indicator, not part of a text. */
  #isMark(next: number): boolean {
    if (isSpaceOrEnd(next)) return true;
    return this.#inFlow && (this.#syntax === 'yaml.v3' || isFlowIndicator(next));
  }

  /** `{"a":1}`: after a quoted scalar or a closing bracket, `:` needs no blank. */
  #isBehindBrackets(): boolean {
    const { type, isPlain } = this.#queue.at(-1) ?? bareToken('stream-start', 0, 0);
    return this.#inFlow && (type.endsWith('-end') || (type === 'scalar' && !isPlain));
  }

  #fetchNode(code: number, next: number): void {
    const cursor = this.#cursor;
    if (code === 42) this.#keyLike(() => scanAnchor(cursor, 'alias'));
    else if (code === 38) this.#keyLike(() => scanAnchor(cursor, 'anchor'));
    else if (code === 33) this.#keyLike(() => scanTag(cursor));
    else if ((code === 124 || code === 62) && !this.#inFlow) this.#block();
    else if (code === 39 || code === 34) this.#keyLike(() => scanQuoted(cursor));
    else if (this.#startsPlain(code, next)) this.#keyLike(() => this.#plain());
    else throw cursor.error(cannotStart(code));
  }

  #startsPlain(code: number, next: number): boolean {
    if (!isSpaceOrEnd(code) && !INDICATORS.has(code)) return true;
    if (code === 45) return !isBlank(next);
    return (code === 63 || code === 58) && !this.#isMark(next);
  }

  #plain(): Token {
    const { token, hasBreak } = scanPlain(
      this.#cursor,
      this.#indent + 1,
      this.#inFlow,
      this.#syntax,
    );
    if (hasBreak) this.#keyAllowed = true;
    return token;
  }

  get #inFlow(): boolean {
    return this.#keys.length > 1;
  }

  #endStream(): void {
    this.#cursor.finish();
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#push(bareToken('stream-end', this.#cursor.at, this.#cursor.at));
  }

  /** Scans a directive or document marker, which ends every block. */
  #outside(scan: () => Token): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#push(scan());
  }

  #open(type: TokenType): void {
    const { mark } = this.#cursor;
    const token = this.#nextNumber;
    this.#saveKey();
    this.#keys.push(impossible(token, mark));
    if (this.#keys.length - 1 > MOST_LEVELS) throw this.#tooDeep();
    this.#keyAllowed = true;
    this.#push(this.#chars(1, type));
  }

  #close(type: TokenType): void {
    this.#dropKey();
    if (this.#inFlow) {
      const last = this.#keys.pop();
      if (last) this.#keyLevels.delete(last.token);
    }
    this.#keyAllowed = false;
    this.#push(this.#chars(1, type));
  }

  #flowEntry(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#push(this.#chars(1, 'flow-entry'));
  }

  #blockEntry(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) {
        throw this.#cursor.error('block sequence entries are not allowed in this context');
      }
      this.#roll(this.#cursor.mark, null, 'block-sequence-start');
    }
    this.#dropKey();
    this.#keyAllowed = true;
    this.#push(this.#chars(1, 'block-entry'));
  }

  #explicitKey(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) {
        throw this.#cursor.error('mapping keys are not allowed in this context');
      }
      this.#roll(this.#cursor.mark, null, 'block-mapping-start');
    }
    this.#dropKey();
    this.#keyAllowed = !this.#inFlow;
    this.#push(this.#chars(1, 'key'));
  }

  #value(): void {
    const key = this.#keys.at(-1);
    if (key && this.#isStillKey(key)) {
      this.#insert(key.token - this.#taken, bareToken('key', key.mark.at, key.mark.at));
      this.#roll(key.mark, key.token, 'block-mapping-start');
      key.isPossible = false;
      this.#keyLevels.delete(key.token);
      this.#keyAllowed = false;
    } else {
      if (!this.#inFlow) {
        if (!this.#keyAllowed) {
          throw this.#cursor.error('mapping values are not allowed in this context');
        }
        this.#roll(this.#cursor.mark, null, 'block-mapping-start');
      }
      this.#keyAllowed = !this.#inFlow;
    }
    this.#push(this.#chars(1, 'value'));
  }

  /** Scans a token that may be a key, or the start of one. */
  #keyLike(scan: () => Token): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#push(scan());
  }

  #block(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#push(scanBlock(this.#cursor, this.#indent));
  }

  #chars(count: number, type: TokenType): Token {
    const start = this.#cursor.at;
    this.#cursor.skip(count);
    return bareToken(type, start, this.#cursor.at);
  }

  get #nextNumber(): number {
    return this.#taken + this.#queue.length - this.#head;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const { mark } = this.#cursor;
    const token = this.#nextNumber;
    this.#dropKey();
    const isRequired = !this.#inFlow && this.#indent === mark.column;
    this.#keys[this.#keys.length - 1] = { isPossible: true, isRequired, token, mark };
    this.#keyLevels.set(token, this.#keys.length - 1);
  }

  #dropKey(): void {
    const key = this.#keys.at(-1);
    if (!key?.isPossible) return;
    if (key.isRequired) throw this.#missingColon(key);
    key.isPossible = false;
    this.#keyLevels.delete(key.token);
  }

  /** A key without `?` is limited to one line and to a length. */
  #isStillKey(key: SimpleKey): boolean {
    if (!key.isPossible) return false;
    const { line, index } = this.#cursor;
    if (key.mark.line >= line && key.mark.index + LONGEST_KEY >= index) return true;
    if (key.isRequired) throw this.#missingColon(key);
    key.isPossible = false;
    return false;
  }

  #missingColon(key: SimpleKey): Error {
    return this.#cursor.error("could not find expected ':'", key.mark.at);
  }

  /** Opens a block if the column is greater than that of the block around it. */
  #roll(mark: Mark, number: number | null, type: TokenType): void {
    if (this.#inFlow || this.#indent >= mark.column) return;
    this.#indents.push(this.#indent);
    this.#indent = mark.column;
    if (this.#indents.length > MOST_LEVELS) throw this.#tooDeep();
    const token = bareToken(type, mark.at, mark.at);
    if (number === null) this.#push(token);
    else this.#insert(number - this.#taken, token);
  }

  /** Closes the blocks whose column is greater than `column`. */
  #unroll(column: number): void {
    if (this.#inFlow) return;
    while (this.#indent > column) {
      this.#push(bareToken('block-end', this.#cursor.at, this.#cursor.at));
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #tooDeep(): Error {
    return this.#cursor.error(`exceeded max depth of ${MOST_LEVELS}`);
  }

  #push(token: Token): void {
    this.#queue.push(token);
  }

  /** Inserts a token before number `place` of the queue; at the end if that one was consumed. */
  #insert(place: number, token: Token): void {
    if (place < 0) this.#push(token);
    else this.#queue.splice(this.#head + place, 0, token);
  }
}

const OPENING: ReadonlyMap<number, TokenType> = new Map([
  [91, 'flow-sequence-start'],
  [123, 'flow-mapping-start'],
]);

const CLOSING: ReadonlyMap<number, TokenType> = new Map([
  [93, 'flow-sequence-end'],
  [125, 'flow-mapping-end'],
]);

function impossible(token: number, mark: Mark): SimpleKey {
  return { isPossible: false, isRequired: false, token, mark };
}

function cannotStart(code: number): string {
  return code === 9
    ? 'found character that cannot start any token (a tab)'
    : 'found character that cannot start any token';
}
