import type { CraftedEntry } from '../../fixtures/crafted-zip.ts';
import { dir, file, only, plus, type UnpackCase } from './case.ts';

const program = (id: string, mode: number): UnpackCase =>
  only(id, (base) => [base.manifest, { ...base.program, attributes: mode * 0x10000 }]);

const made = (by: number, attributes = 0): Partial<CraftedEntry> => ({
  madeBy: (by << 8) | 20,
  attributes,
});

/** Modes of files, of the program, and systems without them. */
export const MODES: readonly UnpackCase[] = [
  program('program_644', 0o100644),
  program('program_0', 0),
  program('program_no_bits', 0o100000),
  program('program_111', 0o100111),
  program('program_500', 0o100500),
  program('program_777', 0o100777),
  program('program_setuid', 0o104755),
  program('program_link', 0o120777),
  program('program_folder', 0o040755),
  only('manifest_0', (base) => [{ ...base.manifest, attributes: 0 }, base.program]),
  only('manifest_link', (base) => [
    { ...base.manifest, attributes: 0o120777 * 0x10000 },
    base.program,
  ]),
  only('manifest_folder_mode', (base) => [
    { ...base.manifest, attributes: 0o040755 * 0x10000 },
    base.program,
  ]),
  plus(
    'modes',
    ...[0, 0o100000, 0o100200, 0o100444, 0o100600, 0o100666, 0o100777, 0o644, 0o755].map((mode) =>
      file(mode.toString(8), 'x', mode),
    ),
  ),
  plus('setuid', file('s', 'x', 0o104755)),
  plus('setgid', file('s', 'x', 0o102755)),
  plus('sticky', file('s', 'x', 0o101755)),
  plus('link', file('l', '/etc/passwd', 0o120777)),
  plus('link_inside', file('l', 'run', 0o120777)),
  plus('link_then_file', file('l', '/tmp', 0o120777), file('l/x')),
  plus('link_in_folder', file('a/l', '../run', 0o120777)),
  plus('pipe', file('f', '', 0o010644)),
  plus('character_device', file('f', '', 0o020644)),
  plus('block_device', file('f', '', 0o060644)),
  plus('socket', file('f', '', 0o140644)),
  plus('unknown_type', file('f', 'x', 0o130644), file('g', 'x', 0o170755)),
  plus('made_on_fat', { ...file('f'), ...made(0) }),
  plus('made_on_fat_read_only', { ...file('f'), ...made(0, 1) }),
  plus('made_on_fat_folder', { ...dir('f'), ...made(0, 16) }, file('f/x')),
  plus('made_on_fat_with_mode', { ...file('f'), ...made(0, 0o100755 * 0x10000) }),
  plus('made_on_ntfs', { ...file('f'), ...made(11) }),
  plus('made_on_vfat', { ...file('f'), ...made(14, 1) }),
  plus('made_on_macos', { ...file('f'), ...made(19, 0o100755 * 0x10000) }),
  plus('made_on_vms', { ...file('f'), ...made(2, 0o100755 * 0x10000) }),
  plus('made_on_tops', { ...file('f'), ...made(10, 0o120755 * 0x10000) }),
  only('all_made_on_fat', (base) => [
    { ...base.manifest, ...made(0) },
    { ...base.program, ...made(0) },
  ]),
];

/** One name more than once. */
export const TWICE: readonly UnpackCase[] = [
  plus('file_file', file('a', '1'), file('a', '2')),
  plus('file_file_modes', file('a', '1', 0o100400), file('a', '2', 0o100755)),
  plus('file_file_cleaned', file('a', '1'), file('./a', '2'), file('b/../a', '3')),
  plus('folder_file', dir('a/'), file('a')),
  plus('folder_full_file', dir('a/'), file('a/b'), file('a')),
  plus('folder_implied_file', file('a/b'), file('a')),
  plus('file_folder', file('a'), dir('a/')),
  plus('file_folder_by_mode', file('a'), dir('a')),
  plus('file_folder_file', file('a'), dir('a/'), file('a/b')),
  plus('file_below_file', file('a'), file('a/b')),
  plus('folder_below_file', file('a'), dir('a/b/')),
  plus('deep_below_file', file('a'), file('a/b/c')),
  plus('program_twice', file('run', 'nothing', 0o100755)),
  plus('program_twice_not_executable', file('run', '#!/bin/sh\n', 0o100644)),
  plus('program_then_folder', dir('run/')),
  plus('program_below', file('run/x')),
  plus('file_then_refused', file('a'), dir('b/'), file('b/c'), file('d/e'), file('x/y/z')),
  plus('folder_then_refused', dir('b/'), file('../x')),
  only('folder_then_program', (base) => [base.manifest, dir('run/'), base.program]),
  plus('plugin_name', file('unz_plugin_name'), dir('portable/'), file('unz_plugin_name.zip')),
];
