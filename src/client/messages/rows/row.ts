import { pluginAt, shellWord } from '../../../model/shell-word.ts';
/** What is known where a host's message is explained. */
export interface MessageContext {
  /** The host as kplugin names it: `edge1:9081`. */
  readonly host: string;
  /** Where the host is, as \`kplugin host add\` takes it; left out where that is not known. */
  readonly place?: string;
  /** The plugin the request was about; null when it was about none. */
  readonly plugin: string | null;
  /** The directory or zip as commands name it; null outside `install`. */
  readonly source: string | null;
  /** The host's version as it says it; empty when unknown. */
  readonly version: string;
}

/** One message of eKuiper: how to know it, what it means, what to type next. */
export interface MessageRow {
  /** kebab-case; tests and `--json` name a message by it. */
  readonly id: string;
  /** The message as a real eKuiper wrote it, or as docs/messages.md quotes it; no row before this one explains it. */
  readonly says: string;
  /** Matches the message anywhere: eKuiper puts `portable plugin create command error: …` in front. */
  readonly pattern: RegExp;
  /** Why eKuiper said it, one or two sentences. `part` gives the text of a group. */
  readonly cause: (part: (index: number) => string, context: MessageContext) => string;
  /** The command or edit that fixes it. */
  readonly next: (part: (index: number) => string, context: MessageContext) => string;
}

/** `kplugin validate my-plugin`, whatever is known of the source. */
export function validateCommand(context: MessageContext): string {
  return `kplugin validate ${context.source ?? '<dir|zip>'}`;
}

/** `kplugin install my-plugin --host edge1:9081`. */
export function installCommand(context: MessageContext): string {
  return `kplugin install ${context.source ?? '<dir|zip>'} --host ${shellWord(context.host)}`;
}

/** `kplugin status pysam --host edge1:9081`. */
export function statusCommand(context: MessageContext): string {
  return `kplugin status ${pluginAt(context.plugin, context.host)}`;
}

/** What makes a package that eKuiper takes, of a directory; of a zip what says first whether `pack --from` can. */
export function packCommand(context: MessageContext): string {
  const source = context.source ?? '<dir|zip>';
  return /\.zip'?$/i.test(source) ? validateCommand(context) : `kplugin pack ${source}`;
}

/** `kplugin restart pysam --host edge1:9081`: registers again what is registered (docs/ekuiper.md#dead-plugins). */
export function restartCommand(plugin: string, context: MessageContext): string {
  return `kplugin restart ${pluginAt(plugin, context.host)}`;
}
