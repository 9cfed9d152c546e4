import { join } from 'node:path';
import type { AnyEvent } from '../../emulator/symbols/feed.ts';
import { fileWord } from '../../model/shell-word.ts';
import { OwnPaths } from '../serve/own-paths.ts';

/** What a plugin prints about its own files, told as the project's. */
export class ProjectPaths {
  readonly #paths = new OwnPaths();
  readonly #label: string;
  readonly #known = new Set<string>();

  /** `label`: the project as it was typed. */
  constructor(label: string) {
    this.#label = fileWord(label);
  }

  /** The project's plugin is called so, and its copy lies below this folder. */
  learn(plugins: string, name: string): void {
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#paths.add(join(plugins, name), this.#label);
  }

  readonly event = (event: AnyEvent): AnyEvent =>
    event.kind === 'output' ? { ...event, line: this.#paths.show(event.line) } : event;

  readonly text = (text: string): string => this.#paths.show(text);
}
