import { count, sizeText } from '../../../cli/output/number-text.ts';
import { plainLine } from '../../../client/http/foreign-text.ts';
import { bytesOf } from '../../../deploy/plugins/prune.ts';
import { ownUploads } from '../../../deploy/record/own-uploads.ts';
import { uploadNameOf } from '../../../deploy/record/upload-name.ts';
import { has } from '../../../model/behaviours.ts';
import { shellWord } from '../../../model/shell-word.ts';
import { type Check, listed, type Remark, remark } from '../doctor-check.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * Whether each plugin can be installed again, that is whether its zip is still among the uploads
 * (docs/ekuiper.md#uploads-after-the-install, #failed-update); and finds uploads of kplugin that no release needs.
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
    const [exported, paths, plugins] = await Promise.all([
      facts.exported(),
      facts.uploads(),
      facts.plugins(),
    ]);
    const uploads = new Set(paths.map(uploadNameOf));
    const names = plugins.map(({ plugin }) => plugin.name);
    const gone = names.flatMap((name) => {
      const file = exported.registrations.get(name)?.file ?? null;
      return problemOf(name, file, uploads, facts.label);
    });
    const well = gone.length === 0 && names.length > 0;
    return [
      ...gone,
      ...(well
        ? [remark('host-registrations', 'ok', 'the package of every plugin is among its uploads')]
        : []),
      ...uploadsLeft({ uploads: paths, exported }, facts),
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

/** Uploads that no release needs, and the disk that all uploads of kplugin use as far as its records have it. */
function uploadsLeft(host: Parameters<typeof ownUploads>[0], facts: HostFacts): Remark[] {
  const own = ownUploads(host);
  const all = own.flatMap(({ uploads }) => uploads);
  const bytes = bytesOf(all);
  const disk = bytes === null ? '' : `, ${sizeText(bytes)} of those whose size was recorded`;
  const used = remark(
    'host-uploads-used',
    'ok',
    `${count(all.length, 'upload')} by kplugin${disk}`,
  );
  const left = all.filter(({ needed }) => !needed);
  if (left.length === 0) return [used];
  const [is, size] = [left.length === 1 ? 'is' : 'are', bytesOf(left)];
  const text = `${count(left.length, 'upload')} of kplugin ${is} needed by no release${size === null ? '' : ` (${sizeText(size)})`}: ${listed(left.map(({ name }) => plainLine(name)))}`;
  const hint = `kplugin prune --host ${shellWord(facts.label)}`;
  return [used, remark('host-uploads-left', 'warning', text, hint)];
}
