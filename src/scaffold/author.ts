/** Who wrote the plugin, as symbol files name them (docs/files.md#about); unknown parts are empty. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly website: string;
}

const AUTHOR = /^([^<>()]*)(?:<([^<>]*)>\s*)?(?:\(([^()]*)\))?$/;

/** Reads `Name <email> (website)` as npm writes it, each part optional; null when it is not of that form. */
export function parseAuthor(text: string): Author | null {
  const match = AUTHOR.exec(text.trim());
  if (!match) return null;
  const [, name = '', email = '', website = ''] = match;
  return { name: name.trim(), email: email.trim(), website: website.trim() };
}
