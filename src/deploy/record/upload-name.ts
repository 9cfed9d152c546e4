/**
 * Returns the name of a package on the host: `pysam-1.0.0-0a1b2c3d.zip`. The same content has the same name on every
 * host, so the registration alone shows what runs. Only `[A-Za-z0-9._-]`, because other characters are changed on
 * upload (docs/ekuiper.md#upload-names), and no two dots in a row (eKuiper 2.3 refuses them in entries).
 */
export function uploadName(name: string, version: string, sha256: string): string {
  return `${safe(name)}-${safe(version) || '0'}-${sha256.slice(0, 8)}.zip`;
}

/** Returns the last part of a registration's file URL: the upload name. */
export function uploadNameOf(fileUrl: string): string {
  return fileUrl.split(/[/\\]/).at(-1) ?? '';
}

/** The parts of an upload name. */
interface NamedUpload {
  readonly name: string;
  readonly version: string;
  /** The first eight hex digits of the content's digest. */
  readonly digest: string;
}

/**
 * Parses an upload name that kplugin gave to a package of the plugin; null for any other. The plugins `a` and `a-b`
 * could both have made `a-b-1.0.0-…`: a version that starts neither with a digit nor with `v` and a digit counts as
 * another plugin's.
 */
export function parseUploadName(upload: string, plugin: string): NamedUpload | null {
  const match = /^(.+)-([0-9a-f]{8})\.zip$/.exec(upload);
  const [, stem = '', digest = ''] = match ?? [];
  const start = `${safe(plugin)}-`;
  const version = stem.slice(start.length);
  if (!stem.startsWith(start) || !startsAsVersion(version)) return null;
  return { name: plugin, version, digest };
}

/**
 * Returns the plugin of an upload name with the form that kplugin gives: what stands before the part that starts as a
 * version. Null for any other name.
 */
export function guessedPlugin(upload: string): string | null {
  const [, stem = ''] = /^(.+)-[0-9a-f]{8}\.zip$/.exec(upload) ?? [];
  const parts = stem.split('-');
  const at = parts.findIndex((part, place) => place > 0 && startsAsVersion(part));
  return at < 0 ? null : parts.slice(0, at).join('-');
}

function startsAsVersion(text: string): boolean {
  return /^v?[0-9]/i.test(text);
}

function safe(text: string): string {
  return text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+/, '')
    .slice(0, 60);
}

/**
 * Returns the URL under which eKuiper finds an upload by its absolute path on the host. 2.x decodes the URL
 * (docs/ekuiper.md#upload-names), so the few characters with a meaning in a URL are encoded.
 */
export function fileUrl(path: string): string {
  const slashed = path.startsWith('/') ? path : `/${path.replaceAll('\\', '/')}`;
  return `file://${slashed.replace(/[%#?]/g, (one) => encodeURIComponent(one))}`;
}
