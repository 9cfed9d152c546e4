/** A column of the few SELECTs that the cases have. */
export type Column =
  | { readonly kind: 'field'; readonly as: string; readonly field: string }
  | { readonly kind: 'meta'; readonly as: string; readonly key: string }
  | {
      readonly kind: 'call';
      readonly as: string;
      readonly symbol: string;
      readonly field: string;
      /** Which call of the statement it is, from 0. */
      readonly funcId: number;
    };

export interface Select {
  readonly columns: readonly Column[];
  readonly stream: string;
}

export interface Stream {
  readonly name: string;
  readonly source: string;
  readonly dataSource: string;
  readonly confKey: string | null;
}

/** `SELECT n, pfn(n) AS d, meta(k) AS mk FROM s1`; throws for anything that is not of this kind. */
export function parseSelect(sql: string): Select {
  const [, list = '', stream = ''] = /^SELECT (.+) FROM (\w+)$/.exec(sql) ?? [];
  if (stream === '') throw new Error(`this interpreter does not know the statement ${sql}`);
  let calls = 0;
  const columns = list.split(', ').map((text): Column => {
    const call = /^(\w+)\((\w+)\) AS (\w+)$/.exec(text);
    if (!call) return { kind: 'field', as: text, field: text };
    const [, symbol = '', argument = '', as = ''] = call;
    if (symbol === 'meta') return { kind: 'meta', as, key: argument };
    calls += 1;
    return { kind: 'call', as, symbol, field: argument, funcId: calls - 1 };
  });
  return { columns, stream };
}

/** `CREATE STREAM s1 () WITH (TYPE="psrc", FORMAT="json", DATASOURCE="topicA")`. */
export function parseStream(sql: string): Stream {
  const name = /^CREATE STREAM (\w+) /.exec(sql)?.[1];
  if (name === undefined) throw new Error(`this interpreter does not know the statement ${sql}`);
  const option = (key: string): string | null =>
    new RegExp(`\\b${key}="([^"]*)"`).exec(sql)?.[1] ?? null;
  return {
    name,
    source: option('TYPE') ?? '',
    dataSource: option('DATASOURCE') ?? '',
    confKey: option('CONF_KEY'),
  };
}
