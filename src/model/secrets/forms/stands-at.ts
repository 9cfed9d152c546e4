/**
 * Whether these bytes stand at a place. Asked some million times about a file of nothing but beginnings of keys: what
 * stands there differs in its first bytes nearly always, and a comparison by Node costs twenty times that.
 */
export function standsAt(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let index = 0; index < what.length; index += 1) {
    if (bytes[at + index] !== what[index]) return false;
  }
  return true;
}
