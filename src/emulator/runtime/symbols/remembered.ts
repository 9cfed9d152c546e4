import { type Control, metaKey } from './control-object.ts';

/**
 * What a plugin was started with, for its next process, and which rules use it. Two commands with the same meta are
 * one: of a plugin's functions, which all have the empty one, only the last is remembered (real-servers.md N1).
 * Source: portable/runtime/plugin_ins_manager.go.
 */
export class Remembered {
  readonly #commands = new Map<string, Control>();
  readonly #references = new Map<string, number>();

  started(control: Control): void {
    this.#commands.set(metaKey(control.meta), control);
    this.#count(control.meta.ruleId, 1);
  }

  stopped(control: Control): void {
    this.#commands.delete(metaKey(control.meta));
    this.#count(control.meta.ruleId, -1);
  }

  /** No longer repeats it; for a function, which is never stopped, only if it was the last one. */
  forget(control: Control): void {
    const key = metaKey(control.meta);
    if (this.#commands.get(key)?.symbolName === control.symbolName) this.#commands.delete(key);
  }

  /** What is repeated to a new process, in the order in which it was first started. */
  get commands(): readonly Control[] {
    return [...this.#commands.values()];
  }

  /** How many symbols of each rule run, by rule; functions belong to none. */
  get references(): Readonly<Record<string, number>> {
    const rules = [...this.#references].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(rules);
  }

  get isReferenced(): boolean {
    return this.#references.size > 0;
  }

  #count(rule: string, by: number): void {
    if (rule === '') return;
    const count = (this.#references.get(rule) ?? 0) + by;
    if (count > 0) this.#references.set(rule, count);
    else this.#references.delete(rule);
  }
}
