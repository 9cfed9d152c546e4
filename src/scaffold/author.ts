/** The author of the plugin, as symbol files name them (docs/files.md#about); unknown parts are empty. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly website: string;
}

const AUTHOR = /^([^<>()]*)(?:<([^<>]*)>\s*)?(?:\(([^()]*)\))?$/;

/** Parses npm's `Name <email> (website)`, each part optional; null when the text has another form. */
export function parseAuthor(text: string): Author | null {
  const match = AUTHOR.exec(text.trim());
  if (!match) return null;
  const [, name = '', email = '', website = ''] = match;
  return { name: name.trim(), email: email.trim(), website: website.trim() };
}
