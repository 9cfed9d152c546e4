import path from 'node:path';
import { kebab } from '../cli/command.ts';
import type { Context } from '../cli/context.ts';
import { AUDIENCE, type Credentials, issuerOf, Secret } from '../client/auth/credentials.ts';
import { type OwnHeader, type OwnHeaders, parseHeader } from '../client/auth/own-headers.ts';
import { systemBundles, type TlsFiles } from '../client/http/tls.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import {
  isFileSetting,
  looksLikeSecret,
  type NamedHost,
  SETTINGS,
  type SettingName,
  type Settings,
} from './named-host.ts';

/** A source of settings. */
export interface Layer {
  /** The name of a setting in this source: `--key-file`, `KPLUGIN_KEY_FILE`, `hosts.json`. */
  readonly origin: (name: SettingName | 'token') => string;
  /** Paths are absolute. */
  readonly settings: Settings;
  /** The value of `KPLUGIN_TOKEN`; null in other layers. */
  readonly token: Secret | null;
  /** The headers of `--header`; none in other layers. */
  readonly headers: readonly OwnHeader[];
}

/** A value and its source. */
interface Found {
  readonly value: string;
  readonly origin: string;
}

/** The settings of the flags. Throws exit 2 when a value is a secret instead of the path of its file. */
export function flagLayer(
  flags: { readonly [K in SettingName]?: string | undefined } & {
    readonly header?: readonly string[];
  },
  cwd: string,
): Layer {
  const origin = (name: string): string => `--${kebab(name)}`;
  const headers = (flags.header ?? []).map((line) => parseHeader(line, '--header'));
  return {
    origin,
    token: null,
    headers,
    settings: settingsFrom((name) => flags[name], origin, cwd),
  };
}

/** The settings of the environment; an empty variable counts as not set. Throws like {@link flagLayer}. */
export function environmentLayer({ env, cwd }: Pick<Context, 'env' | 'cwd'>): Layer {
  const origin = (name: string): string => variable(name);
  const token = env['KPLUGIN_TOKEN'] ?? '';
  return {
    origin,
    token: token.trim() === '' ? null : new Secret(token),
    headers: [],
    settings: settingsFrom((name) => env[variable(name)] || undefined, origin, cwd),
  };
}

/** The settings of a host in hosts.json. */
export function namedLayer({ settings }: NamedHost): Layer {
  return { origin: () => 'hosts.json', token: null, headers: [], settings };
}

function variable(name: string): string {
  return `KPLUGIN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

function settingsFrom(
  given: (name: SettingName) => string | undefined,
  origin: (name: SettingName) => string,
  cwd: string,
): Settings {
  const settings: Partial<Record<SettingName, string>> = {};
  for (const name of SETTINGS) {
    const value = given(name);
    if (value === undefined) continue;
    if (!isFileSetting(name)) settings[name] = value;
    else if (looksLikeSecret(value)) throw secretInPlaceOfPath(origin(name));
    else settings[name] = path.resolve(cwd, value);
  }
  return settings;
}

/** The value of the first layer that has the setting. */
export function found(layers: readonly Layer[], name: SettingName): Found | null {
  for (const { settings, origin } of layers) {
    const value = settings[name];
    if (value !== undefined) return { value, origin: origin(name) };
  }
  return null;
}

/** Credentials with the names of their sources, for people. */
interface FoundCredentials {
  readonly credentials: Credentials;
  readonly origin: string;
}

/**
 * The credentials of the first layer that has any: a token on the command line takes precedence over a key file of the
 * environment. Issuer and audience are taken from that layer or one before it. Throws exit 2 when a layer has
 * more than one of token, token file and key file.
 */
export function credentialsOf(layers: readonly Layer[]): FoundCredentials {
  const at = layers.findIndex(({ token, settings }) => {
    return token !== null || settings.tokenFile !== undefined || settings.keyFile !== undefined;
  });
  const layer = layers[at];
  if (layer === undefined) return { credentials: { kind: 'none' }, origin: 'default' };
  const { token, settings, origin } = layer;
  const given = [token && 'token', settings.tokenFile && 'tokenFile', settings.keyFile && 'keyFile']
    .filter((name) => name === 'token' || name === 'tokenFile' || name === 'keyFile')
    .map(origin);
  if (given.length > 1) throw oneCredential(given);
  if (token !== null) return { credentials: { kind: 'token', token }, origin: origin('token') };
  if (settings.tokenFile !== undefined) {
    const credentials: Credentials = { kind: 'token-file', file: settings.tokenFile };
    return { credentials, origin: origin('tokenFile') };
  }
  const file = settings.keyFile ?? '';
  const upTo = layers.slice(0, at + 1);
  const issuer = found(upTo, 'issuer')?.value ?? issuerOf(file);
  const audience = found(upTo, 'audience')?.value ?? AUDIENCE;
  return { credentials: { kind: 'key-file', file, issuer, audience }, origin: origin('keyFile') };
}

/**
 * The operator's own headers: those of `--header`, and the file of the first layer that names one. Throws exit 2 when
 * `--header` and a token are both for the Authorization header.
 */
export function headersOf(layers: readonly Layer[], credentials: FoundCredentials): OwnHeaders {
  const given = layers.flatMap(({ headers }) => headers);
  if (credentials.credentials.kind !== 'none' && given.some(isAuthorization)) {
    throw oneCredential(['--header Authorization', credentials.origin]);
  }
  return { given, file: found(layers, 'headerFile')?.value ?? null };
}

function isAuthorization({ name }: OwnHeader): boolean {
  return name.toLowerCase() === 'authorization';
}

/**
 * The files for TLS. The client's key is taken from the layer of its certificate or one before it. Throws exit 2 for a
 * key without certificate.
 */
export function tlsOf(layers: readonly Layer[], env: Context['env']): TlsFiles {
  const at = layers.findIndex(({ settings }) => settings.certFile !== undefined);
  const key = found(at < 0 ? layers : layers.slice(0, at + 1), 'certKeyFile');
  if (at < 0 && key !== null) throw keyAlone(key.origin);
  return {
    caFile: found(layers, 'caFile')?.value ?? null,
    certFile: layers[at]?.settings.certFile ?? null,
    certKeyFile: key?.value ?? null,
    systemFiles: systemBundles(env),
  };
}

function oneCredential(given: readonly string[]): KpluginError {
  return new KpluginError({
    code: 'two-credentials',
    exit: EXIT.usage,
    message: `${given.join(' and ')} are both given`,
    reason: 'a request carries one token, and kplugin does not guess which',
    hint: 'leave one of them out',
  });
}

function keyAlone(origin: string): KpluginError {
  return new KpluginError({
    code: 'key-without-certificate',
    exit: EXIT.usage,
    message: `${origin} names the key of a client certificate, and no certificate is named`,
    hint: 'add --cert-file client.pem',
  });
}

/** The error for a secret in place of a path; it does not repeat the text. */
function secretInPlaceOfPath(origin: string): KpluginError {
  return new KpluginError({
    code: 'secret-in-place-of-path',
    exit: EXIT.usage,
    message: `${origin} contains a token or key; give the path of a file instead`,
    reason:
      'what stands in a command line can be read by everybody on this machine, and stays in its history',
    hint: 'write it into a file (chmod 600) and name that; for CI there is KPLUGIN_TOKEN. Replace a secret that was typed',
  });
}
