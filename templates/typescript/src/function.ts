import type { FunctionSymbol } from 'kplugin/sdk';

/**
 * The function {{ symbol }}(text): the text backwards.
 * There is one for the whole plugin, used by all rules that call {{ symbol }}.
 */
export const {{ type }} = {
  /** Checks the arguments as written in SQL; the error it throws is the error of the rule. */
  validate(args) {
    if (args.length !== 1) throw new Error(`{{ symbol }} takes 1 argument but got ${args.length}`);
  },

  /** Called with every row; the error it throws is the error of that row. */
  exec([text]) {
    // A field that the row does not have arrives as null.
    if (text === null) return null;
    return Array.from(String(text)).reverse().join('');
  },

  /** True for functions of a whole window: their arguments are arrays. */
  isAggregate: false,
} satisfies FunctionSymbol;
