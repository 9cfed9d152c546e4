import { pluginAt, shellWord } from '../../../model/shell-word.ts';
/** The context in which a host's message is explained. */
export interface MessageContext {
  /** The host as kplugin names it: `edge1:9081`. */
  readonly host: string;
  /** The host's address as `kplugin host add` takes it; left out when it is not known. */
  readonly place?: string;
  /** The plugin that the request was about; null for other requests. */
  readonly plugin: string | null;
  /** The directory or zip as given on the command line; null outside `install`. */
  readonly source: string | null;
  /** The host's version as it reports it; empty when unknown. */
  readonly version: string;
  /** Milliseconds from the request to this answer, where they tell something. */
  readonly waited?: number;
}

/** One message of eKuiper: its pattern, its cause and the fix. */
export interface MessageRow {
  /** kebab-case; tests and `--json` refer to the message by it. */
  readonly id: string;
  /** An example of the message from a real eKuiper, or as docs/messages.md quotes it; no earlier row matches it. */
  readonly says: string;
  /** Matches anywhere in the message: eKuiper adds prefixes such as `portable plugin create command error: …`. */
  readonly pattern: RegExp;
  /** Why eKuiper sent it, one or two sentences. `part` returns a capture group. */
  readonly cause: (part: (index: number) => string, context: MessageContext) => string;
  /** The command or edit that fixes it. */
  readonly next: (part: (index: number) => string, context: MessageContext) => string;
}

/** `kplugin validate my-plugin`, or with a placeholder when the source is not known. */
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

/**
 * For a directory the `pack` command; for a zip the `validate` command, which reports whether `pack --from` can fix it.
 */
export function packCommand(context: MessageContext): string {
  const source = context.source ?? '<dir|zip>';
  return /\.zip'?$/i.test(source) ? validateCommand(context) : `kplugin pack ${source}`;
}

/** `kplugin restart pysam --host edge1:9081`: registers the installed package again (docs/ekuiper.md#dead-plugins). */
export function restartCommand(plugin: string, context: MessageContext): string {
  return `kplugin restart ${pluginAt(plugin, context.host)}`;
}
