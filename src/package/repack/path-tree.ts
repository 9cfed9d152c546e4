/** The result of resolving a link in a zip: a node of the zip, or why it cannot be resolved. */
export type LinkEnd =
  | { readonly ok: true; readonly steps: number; readonly node: PathNode }
  | {
      readonly ok: false;
      readonly kind: 'symlink-outside' | 'unreadable';
      /** Number of links that were followed. */
      readonly steps: number;
      readonly detail: string;
      /** The path that is missing in the zip, when that is the reason. */
      readonly missing: string | null;
    };

/** A link of a zip with its result, if known. */
export interface Link {
  readonly path: string;
  end: LinkEnd | null;
  isBeingFollowed: boolean;
}

/** A file, directory or link of a zip. */
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

  /** Returns the node of a path below this one; creates it and its parents when they do not exist. */
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
