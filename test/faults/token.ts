/** What every kplugin of these tests proves itself with, in the shape of a JWT; nothing may show it. */
export const TOKEN =
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJmYXVsdHMucHViIiwiYXVkIjpbImVLdWlwZXIiXX0.c2lnbmF0dXJlLW9mLXRoZS1mYXVsdHM';

/** Its parts that tell something: its first says only how it is signed. */
const SECRET_PARTS = TOKEN.split('.').slice(1);

/** Whether a text gives away the token, or half of it. */
export function showsToken(text: string): boolean {
  return SECRET_PARTS.some((part) => text.includes(part));
}
