import {
  type Command,
  type Flag,
  type Flags,
  kebab,
  type Topic,
  topicsOf,
  valueText,
  variableOf,
} from './command.ts';
import { GLOBAL_FLAGS } from './shared-flags.ts';

const GROUPS = ['Write', 'Check', 'Package', 'Deploy', 'Learn'] as const;

const EXITS = [
  ['0', 'done; serve and dev also when a signal stops them'],
  ['1', 'the plugin has findings'],
  ['2', 'wrong usage or configuration'],
  ['3', 'the host refused or could not be reached'],
  ['4', 'with --dry-run --detailed-exitcode: there is something to do'],
  ['70', 'a bug in kplugin, or its own files are damaged'],
  ['130', 'interrupted by Ctrl-C, SIGTERM or SIGHUP'],
  ['129, 143', 'ended at once by SIGHUP or SIGTERM, where there is nothing to undo'],
] as const;

/** Every help text, by the words before `--help`: `''` for the program, else the command's name. */
export function helpPages(table: readonly Command[]): Record<string, string> {
  const pages = table.map((command) => [command.name, commandHelp(command)]);
  const topics = topicsOf(table).map((topic) => [topic.name, topicHelp(topic, table)]);
  return { '': programHelp(table), ...Object.fromEntries([...topics, ...pages]) };
}

/** `kplugin --help`: examples, then the commands by group. */
export function programHelp(table: readonly Command[]): string {
  const commands = GROUPS.flatMap((group) => {
    const rows = table.filter((command) => command.group === group);
    if (rows.length === 0) return [];
    return [section(group, columns(overview(rows)))];
  });
  return join([
    'kplugin: portable plugins for LF Edge eKuiper, from scaffold to server',
    section(
      'Examples',
      columns([
        [
          'kplugin init my-plugin --language python --function hello',
          'a plugin that works at once',
        ],
        ['kplugin validate my-plugin', 'everything eKuiper would reject or ignore'],
        ['kplugin test my-plugin', 'its cases and the built-in checks, without an eKuiper'],
        ['kplugin pack my-plugin', 'the zip, in the layout eKuiper needs'],
        ['kplugin install my-plugin --host edge1:9081', 'packed, uploaded, started, checked'],
      ]),
    ),
    ...commands,
    section('Flags of every command', flagRows(GLOBAL_FLAGS)),
    section('Exit codes', columns(EXITS.map(([code, meaning]) => [code, meaning]))),
    'kplugin <command> --help shows more. https://ekuiper.org/docs/en/latest/extension/portable/overview.html',
  ]);
}

/** One row for each command; the commands of a topic share a row. */
function overview(table: readonly Command[]): (readonly string[])[] {
  const shown = new Set<Topic>();
  return table.flatMap((command) => {
    const { topic } = command;
    if (topic === undefined) return [[signature(command), command.summary]];
    if (shown.has(topic)) return [];
    shown.add(topic);
    return [[`${topic.name} <command>`, topic.summary]];
  });
}

/** `kplugin host --help`. */
export function topicHelp(topic: Topic, table: readonly Command[]): string {
  const rows = table.filter((command) => command.topic === topic);
  return join([
    `kplugin ${topic.name}: ${topic.summary}`,
    section('Examples', columns(topic.examples.map((row) => [row.command, row.does]))),
    section('Commands', columns(rows.map((row) => [signature(row), row.summary]))),
    section('Flags of every command', flagRows(GLOBAL_FLAGS)),
    topic.details ?? null,
    `kplugin ${topic.name} <command> --help shows more.`,
  ]);
}

/** `kplugin pack --help`. */
export function commandHelp(command: Command): string {
  const flags = Object.keys(command.flags).length > 0;
  return join([
    `kplugin ${command.name}: ${command.summary}`,
    section('Examples', columns(command.examples.map((row) => [row.command, row.does]))),
    section('Usage', `  kplugin ${signature(command)}${flags ? ' [flags]' : ''}`),
    command.args.length > 0
      ? section('Arguments', columns(command.args.map((row) => [row.name, row.summary])))
      : null,
    flags ? section('Flags', flagRows(command.flags)) : null,
    section('Flags of every command', flagRows(GLOBAL_FLAGS)),
    command.details ?? null,
  ]);
}

function signature(command: Command): string {
  const args = command.args.map((argument) => {
    const text = `${argument.name}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${text}>` : `[${text}]`;
  });
  return [command.name, ...args].join(' ');
}

function flagRows(flags: Flags): string {
  return columns(
    Object.entries(flags).map(([name, flag]) => [flagName(name, flag), flagSummary(name, flag)]),
  );
}

function flagName(name: string, flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  return `${short}--${kebab(name)}${valueText(flag)}`;
}

function flagSummary(name: string, flag: Flag): string {
  const notes: string[] = [];
  if (flag.kind === 'list' && flag.repeatable !== false) notes.push('repeatable');
  if ('default' in flag && flag.default !== undefined) notes.push(`default ${flag.default}`);
  const variable = variableOf(name, flag);
  if (variable) notes.push(variable);
  return notes.length === 0 ? flag.summary : `${flag.summary} (${notes.join(', ')})`;
}

function section(title: string, body: string): string {
  return `${title}:\n${body}`;
}

const COLUMN_LIMIT = 58;

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.min(COLUMN_LIMIT, Math.max(...rows.map((row) => (row[0] ?? '').length)));
  return rows
    .map(([left = '', right = '']) =>
      left.length > width
        ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
        : `  ${left.padEnd(width)}  ${right}`,
    )
    .join('\n');
}

function join(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}
