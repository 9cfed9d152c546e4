/** What a link in a zip leads to: a place in it, or why it cannot be followed. */
export type LinkEnd =
  | { readonly ok: true; readonly steps: number; readonly node: PathNode }
  | {
      readonly ok: false;
      readonly kind: 'symlink-outside' | 'unreadable';
      /** How many links were followed to know it. */
      readonly steps: number;
      readonly detail: string;
      /** The path that the zip does not hold, when that is why. */
      readonly missing: string | null;
    };

/** A link of a zip, and what is known of it. */
export interface Link {
  readonly path: string;
  end: LinkEnd | null;
  isBeingFollowed: boolean;
}

/** A file, folder or link of a zip. */
export class PathNode {
  readonly path: string;
  readonly above: PathNode | null;
  link: Link | null = null;
  #children: Map<string, PathNode> | null = null;

  constructor(path = '', above: PathNode | null = null) {
    this.path = path;
    this.above = above;
  }

  child(name: string): PathNode | null {
    return this.#children?.get(name) ?? null;
  }

  /** The node of a path below this one, and those of the folders on the way, made where they are not there yet. */
  add(path: string): PathNode {
    let node: PathNode = this;
    for (let start = 0; start < path.length; ) {
      const slash = path.indexOf('/', start);
      const end = slash < 0 ? path.length : slash;
      const name = path.slice(start, end);
      node = node.child(name) ?? node.#make(name, path.slice(0, end));
      start = end + 1;
    }
    return node;
  }

  #make(name: string, path: string): PathNode {
    const made = new PathNode(path, this);
    this.#children ??= new Map();
    this.#children.set(name, made);
    return made;
  }
}
