import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSql, sourceTypeOf, sqlTokens } from '../../../../src/deploy/rules/sql-reading.ts';

describe('what a SELECT calls', () => {
  it.each<[string, string[]]>([
    ['SELECT fn(a) FROM demo', ['fn']],
    ['select fn (a) from demo', ['fn']],
    ['SELECT fn /* why */ (a) FROM demo', ['fn']],
    ['SELECT fn -- why\n (a) FROM demo', ['fn']],
    ['SELECT outer_fn(inner_fn(a), b2(c)) FROM demo', ['outer_fn', 'inner_fn', 'b2']],
    [
      'SELECT a FROM demo WHERE f1(a) > 1 GROUP BY f2(b), TUMBLINGWINDOW(ss, 1) HAVING f3(c)',
      ['f1', 'f2', 'TUMBLINGWINDOW', 'f3'],
    ],
    ['SELECT a FROM l INNER JOIN r ON same(l.a, r.a) ORDER BY rank1(a)', ['same', 'rank1']],
    [
      'SELECT CASE WHEN is_hot(a) THEN warm(a) ELSE (cold(a)) END FROM demo',
      ['is_hot', 'warm', 'cold'],
    ],
    ['SELECT `my-fn`(a), `from`(b) FROM demo', ['my-fn', 'from']],
    ['SELECT Fn(a), fN(a) FROM demo', ['Fn', 'fN']],
    ['SELECT a FROM demo WHERE a IN (1, 2) AND (b) OR NOT (c)', []],
    ['SELECT count(*) FILTER (WHERE a > 1) OVER (PARTITION BY b) FROM demo', ['count']],
    ['SELECT "fn(a)", \'fn(a)\', `fn(a)`, fn FROM demo', []],
    ['SELECT a -- fn(a)\nFROM demo', []],
    ['SELECT a /* fn(a) */ FROM demo', []],
    ['SELECT a - - fn(a)\nFROM demo', []],
    ['SELECT a / * fn(a) **/ FROM demo', []],
    ['SELECT a - fn(a), b / fn2(b), c->fn3(d) FROM demo', ['fn', 'fn2', 'fn3']],
    ['SELECT "it\\"s fn(a)", \'it\\\'s fn(a)\' FROM demo', []],
    ['SELECT 1fn(a), a[fn2(b)] FROM demo', ['fn', 'fn2']],
    ['SELECT fn(', ['fn']],
    ['SELECT "open fn(a)', []],
    ['SELECT `open fn(a)', []],
    ['/* open fn(a)', []],
    ['', []],
  ])('%s', (sql, functions) => {
    expect([...readSql(sql).functions]).toEqual(functions);
  });
});

describe('the streams of a SELECT', () => {
  it.each<[string, string[]]>([
    ['SELECT a FROM demo', ['demo']],
    ['select a from demo where b', ['demo']],
    ['SELECT a FROM demo AS d', ['demo']],
    ['SELECT a FROM `my-demo`', ['my-demo']],
    ['SELECT a FROM `from`', ['from']],
    ['SELECT a FROM l INNER JOIN r ON l.a = r.a LEFT JOIN t AS x ON x.b = l.b', ['l', 'r', 't']],
    ['SELECT a FROM l cross join r', ['l', 'r']],
    ['SELECT a FROM topic/+/x/#', ['topic/+/x/#']],
    ['SELECT a /* FROM no */ FROM -- no\n demo;', ['demo']],
    ['SELECT `from`, "from x" FROM demo GROUP BY TUMBLINGWINDOW(ss, 1)', ['demo']],
    ['SELECT a FROM', []],
    ['SELECT a FROM "demo"', []],
  ])('%s', (sql, streams) => {
    expect([...readSql(sql).streams]).toEqual(streams);
  });
});

describe('the source of a stream', () => {
  it.each([
    ['CREATE STREAM demo () WITH (DATASOURCE="x", FORMAT="json", TYPE="psrc")', 'psrc'],
    ['create stream demo (type STRING) with (type = "psrc", shared="true");', 'psrc'],
    ['CREATE TABLE t () WITH (TYPE=/* here */"psrc", KIND="lookup", KEY="id")', 'psrc'],
    ['CREATE STREAM demo () WITH (DATASOURCE="TYPE=\\"other\\"")', null],
    ['CREATE STREAM demo () WITH (DATASOURCE="x") -- TYPE="other"', null],
    ['CREATE STREAM demo () WITH (TYPE="', ''],
    ['CREATE STREAM demo () WITH (TYPE=', null],
  ])('%s', (statement, type) => {
    expect(sourceTypeOf(statement)).toBe(type);
  });
});

describe('hostile text', () => {
  const piece = fc.constantFrom(
    ...['fn', '(', ')', '"', "'", '`', '\\', '-', '--', '/', '*', '/*', '*/', ' ', '\n', '\0'],
    ...['SELECT', 'FROM', 'JOIN', 'AS', 'TYPE', '=', '1', '#', '+', ',', '\u2028', '\ud800', 'ſ'],
  );
  const hostile = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

  it('is read without an error, and nothing is found that is not in it', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const { functions, streams } = readSql(text);
        expect([...functions].filter((name) => !text.includes(name))).toEqual([]);
        expect(streams.has('')).toBe(false);
        sourceTypeOf(text);
      }),
    );
  });

  it('comes out in pieces that follow each other in it, so that none is read twice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        let at = 0;
        for (const token of sqlTokens(text)) {
          const found = text.indexOf(token.text, at);
          if (found < at) return false;
          at = found + token.text.length;
        }
        return true;
      }),
    );
  });

  it('in quotes or behind a comment names nothing', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('"', "'"), (text, quote) => {
        const inside = text.replaceAll('\\', '').replaceAll(quote, '');
        expect([...readSql(`SELECT ${quote}${inside}${quote} FROM s`).functions]).toEqual([]);
        const line = text.replaceAll('\n', '');
        expect([...readSql(`SELECT a --${line}\nFROM s`).functions]).toEqual([]);
        expect([...readSql(`SELECT a /*${text.replaceAll('/', '')}*/FROM s`).streams]).toEqual([
          's',
        ]);
      }),
    );
  });
});
