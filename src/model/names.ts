import type { PluginSymbol } from './symbol.ts';
import { atLeast, type Line, lineOf, type Target } from './target.ts';

/**
 * The functions that every eKuiper line here has had since 1.14 or earlier. Names: the keys of `builtins` and
 * `builtinStatfulFuncs` in eKuiper's function binder, at the patch levels of TARGETS.
 */
const SINCE_1_14 = words(`
  abs acc_avg acc_count acc_max acc_min acc_sum acos array_cardinality array_concat
  array_contains array_contains_any array_create array_distinct array_except array_flatten
  array_intersect array_join array_last_position array_map array_max array_min array_position
  array_remove array_shuffle array_sort array_union asin atan atan2 avg
  bitand bitnot bitor bitxor
  cardinality cast ceil ceiling changed_col changed_cols chr coalesce collect compress concat
  conv convert_tz cos cosh cot count crc32 cur_date cur_time current_date current_time
  current_timestamp
  date_calc date_diff day day_name day_of_month day_of_week day_of_year dec2hex decode
  decompress deduplicate degrees delay
  element_at encode endswith erase event_time exp
  floor format format_time from_days from_unix_time
  get_keyed_state
  had_changed hex2dec hour
  indexof isnull items
  json_path_exists json_path_query json_path_query_first
  keys kvpair_array_to_obj
  lag last_agg_hit_count last_agg_hit_time last_day last_hit_count last_hit_time last_value
  latest length ln local_time local_timestamp log lower lpad ltrim
  max md5 merge_agg meta microsecond min minute mod month month_name mqtt
  newuuid now numbytes
  obj_to_kvpair_array object object_concat object_construct object_pick object_size
  parse_json percentile_cont percentile_disc pi pow power
  radians rand regexp_matches regexp_replace regexp_substr repeat round row_number rpad rtrim
  rule_id rule_start
  second sequence sha1 sha256 sha384 sha512 sign sin sinh split_value sqrt startswith stddev
  stddevs substring sum
  tan tanh to_json to_seconds trim trunc tstamp
  unnest upper
  values var vars
  window_end window_start
  zip
`);

/** The functions that later lines added; none was ever removed. */
const ADDED: readonly (readonly [Line, readonly string[]])[] = [
  ['2.0', ['bypass', 'dedup_trigger']],
  [
    '2.1',
    words(`
      inc_avg inc_collect inc_count inc_last_value inc_max inc_merge_agg inc_min inc_sum props
      reverse
    `),
  ],
  ['2.2', ['median', 'window_trigger']],
  ['2.3', ['extract', 'statewindow']],
];

/** Window functions are parsed before any other function is looked up (`WindowFuncs` in eKuiper's SQL parser). */
const WINDOWS = words('countwindow hoppingwindow sessionwindow slidingwindow tumblingwindow');

/** Which builds of eKuiper have a built-in: all, all but `core`, or only `full` (and `edgex`) images. */
export type BuiltinReach = 'every build' | 'every build but core' | 'full builds';

/** The builds that have a built-in. `since`: the line that added it; `until`: the line that removed it. */
interface Builtin {
  readonly reach: BuiltinReach;
  readonly since?: Line;
  readonly until?: Line;
}

const ALL: Builtin = { reach: 'every build' };
const NOT_CORE: Builtin = { reach: 'every build but core' };
const FULL: Builtin = { reach: 'full builds' };

const SOURCES = new Map<string, Builtin>([
  ...each('mqtt httppull httppush file memory neuron websocket simulator', ALL),
  ['nexmark', { ...ALL, since: '2.3' }],
  ...each('redis redisSub', NOT_CORE),
  ...each('edgex video kafka sql', FULL),
  ['zmq', { ...FULL, since: '2.0' }],
  ['random', { ...FULL, until: '1.14' }],
]);

const SINKS = new Map<string, Builtin>([
  ...each('log logToMemory mqtt rest nop memory neuron file websocket', ALL),
  ['sse', { ...ALL, since: '2.4' }],
  ...each('redis redisPub', NOT_CORE),
  ...each('edgex kafka image influx influx2 sql', FULL),
  ['zmq', { ...FULL, since: '2.0' }],
]);

/** Variables that are common in shells, containers, Python and eKuiper's own image. */
const COMMON_VARIABLES = [
  'HOME',
  'HOSTNAME',
  'KUBERNETES_SERVICE_HOST',
  'KUIPER_HOME',
  'KUIPER__BASIC__CONSOLELOG',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'LOGNAME',
  'MAINTAINER',
  'OLDPWD',
  'PATH',
  'PWD',
  'PYTHONPATH',
  'PYTHONUNBUFFERED',
  'PYTHON_VERSION',
  'SHELL',
  'SHLVL',
  'TERM',
  'TZ',
  'USER',
];

/** Reserved words: eKuiper's SQL scanner never reads them as a name, in any letter case (internal/xsql/lexical.go). */
const KEYWORDS = new Set(
  (
    'select as from where and or group having order by desc asc filter inner left right full cross join on case when ' +
    'then else end in not between like over partition replace except true false dd hh mi ss ms limit'
  ).split(' '),
);

/** Names of plugins and symbols are used as file names, socket names and URL segments (docs/ekuiper.md#names). */
export const PLUGIN_NAME = /^[A-Za-z0-9_-]+$/;

/** A function that does not match cannot be called unquoted in SQL (docs/ekuiper.md#built-in-symbols). */
export const FUNCTION_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Socket paths hold about 107 bytes; this leaves room for `/tmp/plugin_` and `.ipc`. */
export const NAME_LIMIT = 90;

/** Why a name cannot be used for a plugin or symbol, or null when it can. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty';
  if (!PLUGIN_NAME.test(name)) return 'may only hold letters, digits, "_" and "-"';
  if (name.length > NAME_LIMIT) return `is longer than ${NAME_LIMIT} characters`;
  return null;
}

/** Whether a function of this name must be quoted with backticks in SQL of the given eKuiper. */
export function isSqlKeyword(name: string, target: Target): boolean {
  const word = name.toLowerCase();
  return KEYWORDS.has(word) || (word === 'invisible' && atLeast(target, '2.2'));
}

/**
 * Returns a common environment variable that starts with a source's name, or null: eKuiper 2 reads it as
 * configuration of that source (docs/files.md#environment-variables).
 */
export function variableBeginningWith(sourceName: string): string | null {
  const prefix = sourceName.toUpperCase();
  return COMMON_VARIABLES.find((variable) => variable.startsWith(prefix)) ?? null;
}

/**
 * The eKuiper builds that have a built-in source, sink or function of this name; null when none has. Names: the
 * registrations in `internal/binder/io` of the six patch levels in TARGETS, including lookup sources; for functions
 * see {@link builtinFunctions}.
 */
export function builtinReach(symbol: PluginSymbol, target: Target): BuiltinReach | null {
  if (symbol.kind === 'function') {
    return builtinFunctions(target).has(symbol.name.toLowerCase()) ? ALL.reach : null;
  }
  const found = (symbol.kind === 'source' ? SOURCES : SINKS).get(symbol.name);
  if (!found) return null;
  const come = atLeast(target, found.since ?? '1.14');
  const gone =
    found.until !== undefined && lineOf(target) !== found.until && atLeast(target, found.until);
  return come && !gone ? found.reach : null;
}

function each(names: string, builtin: Builtin): [string, Builtin][] {
  return names.split(' ').map((name) => [name, builtin]);
}

/**
 * All names that eKuiper's SQL resolves to built-in functions, in lower case: eKuiper compares lower-cased names
 * before it looks for a plugin (docs/ekuiper.md#built-in-symbols).
 */
export function builtinFunctions(target: Target): ReadonlySet<string> {
  const added = ADDED.filter(([since]) => atLeast(target, since)).flatMap(([, names]) => names);
  return new Set([...SINCE_1_14, ...added, ...WINDOWS]);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
