import { plainLine } from '../../../client/http/foreign-text.ts';
import { uploadNameOf } from '../../../deploy/record/upload-name.ts';
import { has } from '../../../model/behaviours.ts';
import { shellWord } from '../../../model/shell-word.ts';
import { type Check, listed, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/** Upload names that kplugin gives. */
const OURS = /^(.+)-[^-]*-[0-9a-f]{8}\.zip$/;

/**
 * Whether each plugin can be installed again, that is whether its zip is still among the uploads
 * (docs/ekuiper.md#uploads-after-the-install, #failed-update); and finds uploads of kplugin that belong to no plugin
 * any more.
 */
export const registrations: Check<HostFacts> = {
  id: 'host-registrations',
  asks: 'whether the packages of its plugins are still there',
  async look(facts) {
    const { version } = await facts.info();
    if (!has(version, 'exports-registrations') || !has(version, 'takes-uploads')) {
      const text = `eKuiper ${version} does not tell from which package a plugin came`;
      return [remark('host-registrations', 'skipped', text)];
    }
    const [{ registrations: registered }, paths, plugins] = await Promise.all([
      facts.exported(),
      facts.uploads(),
      facts.plugins(),
    ]);
    const uploads = new Set(paths.map(uploadNameOf));
    const names = plugins.map(({ plugin }) => plugin.name);
    const gone = names.flatMap((name) => {
      const file = registered.get(name)?.file ?? null;
      return problemOf(name, file, uploads, facts.label);
    });
    const well = gone.length === 0 && names.length > 0;
    return [
      ...gone,
      ...(well
        ? [remark('host-registrations', 'ok', 'the package of every plugin is among its uploads')]
        : []),
      // The rollback target of a plugin that is temporarily missing.
      ...orphans(
        [...uploads],
        [...names, ...(await facts.gone()).map(({ plugin }) => plugin)],
        facts,
      ),
    ];
  },
};

function problemOf(
  name: string,
  file: string | null,
  uploads: ReadonlySet<string>,
  host: string,
): Remark[] {
  const again = `kplugin install <dir|zip> --host ${shellWord(host)} --reinstall`;
  if (file === null) {
    const text = `eKuiper does not know where ${name} came from (part of the image?): there is no rollback target after an update; install its package again`;
    return [remark('host-registration-unknown', 'warning', text, again)];
  }
  if (!file.startsWith('file:')) {
    const text = `${name} was installed from ${plainLine(file)}: the rollback needs that address; install its package from a file`;
    return [remark('host-registration-elsewhere', 'warning', text, again)];
  }
  if (uploads.has(uploadNameOf(file))) return [];
  const text = `the package of ${name} is no longer among the uploads (${plainLine(uploadNameOf(file))}): there is no rollback target after an update, no restart, and no import of an export; install it again`;
  return [remark('host-package-gone', 'warning', text, again)];
}

function orphans(uploads: readonly string[], names: readonly string[], facts: HostFacts): Remark[] {
  const left = uploads.filter(
    (upload) => OURS.test(upload) && !names.some((name) => upload.startsWith(`${name}-`)),
  );
  if (left.length === 0) return [];
  const { origin, basePath } = facts.client.address;
  const urlOf = (upload: string): string =>
    `${origin}${basePath}/config/uploads/${encodeURIComponent(upload)}`;
  const text = `${left.length === 1 ? 'an upload' : `${left.length} uploads`} of kplugin belong${left.length === 1 ? 's' : ''} to no plugin: ${listed(left.map(plainLine))}`;
  return [
    remark(
      'host-uploads-left',
      'warning',
      text,
      left.map((upload) => `curl -X DELETE ${shellWord(urlOf(upload))}`).join('\n'),
    ),
  ];
}
