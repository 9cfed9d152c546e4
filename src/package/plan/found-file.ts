import { type Content, fileContent } from './content.ts';
import { type LookedAt, lookAt } from './file-head.ts';
import { isPluginPackage } from './nested-package.ts';

/** A file of a project, read once, however many links lead to it. */
export class FoundFile {
  readonly looked: LookedAt;
  readonly content: Content;
  #isPackage: boolean | null = null;

  /** `source` is absolute. Throws system errors. */
  constructor(private readonly source: string) {
    this.looked = lookAt(source);
    this.content = fileContent(source);
  }

  /** Whether it holds the manifest of a plugin in its root. Throws system errors. */
  isPackage(): boolean {
    this.#isPackage ??= this.looked.isLikeZip && isPluginPackage(this.source);
    return this.#isPackage;
  }
}
