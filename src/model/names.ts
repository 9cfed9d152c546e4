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
