/** What may be set for a host besides its address: by flags, by the environment, in hosts.json. Files are paths. */
export const SETTINGS = [
  'tokenFile',
  'keyFile',
  'issuer',
  'audience',
  'caFile',
  'certFile',
  'certKeyFile',
] as const;

export type SettingName = (typeof SETTINGS)[number];

export type Settings = { readonly [K in SettingName]?: string };

/** Those whose value is the path of a file. */
export function isFileSetting(name: SettingName): boolean {
  return name !== 'issuer' && name !== 'audience';
}

/**
 * Whether a text is a token or a key itself where the path of its file belongs. No path begins so, and a JWT begins
 * with the Base64 of `{"`.
 */
export function looksLikeSecret(text: string): boolean {
  return (
    /-----BEGIN|[\r\n]/.test(text) ||
    /^\s*Bearer\s/i.test(text) ||
    /^\s*eyJ[\w-]*\.[\w-]+/.test(text)
  );
}
