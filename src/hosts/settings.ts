/**
 * The settings of a host besides its address, in flags, environment and hosts.json. Those that end with `File` are
 * paths.
 */
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

/** Whether the value of a setting is a path. */
export function isFileSetting(name: SettingName): boolean {
  return name !== 'issuer' && name !== 'audience';
}

/**
 * Whether a text is a token or a private key where the path of its file is expected. A JWT begins with the Base64 of
 * `{"`.
 */
export function looksLikeSecret(text: string): boolean {
  return (
    /-----BEGIN|[\r\n]/.test(text) ||
    /^\s*Bearer\s/i.test(text) ||
    /^\s*eyJ[\w-]*\.[\w-]+/.test(text)
  );
}
