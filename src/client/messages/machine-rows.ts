import type { MessageRow } from './row.ts';

/**
 * What the machine under eKuiper says, whatever eKuiper was doing: they stand before its own messages, which only name
 * the step that it hit. Source: field-notes.md §2b; the full disk seen on 2.4.0.
 */
export const MACHINE_ROWS: readonly MessageRow[] = [
  {
    id: 'disk-full',
    says: 'portable plugin update command error: fail to download file file:///kuiper/data/uploads/x.zip: write /kuiper/plugins/portable/x.zip: no space left on device',
    pattern: /no space left on device/,
    cause: () => 'the disk of the host is full',
    next: () => 'make room on the host; old uploads lie in its data/uploads',
  },
  {
    id: 'read-only-host',
    says: 'Error saving the file: open data/uploads/x.zip: read-only file system',
    pattern: /read-only file system/,
    cause: () =>
      'eKuiper cannot write there: it needs data/, etc/ and plugins/ writable (a read-only container?)',
    next: () => 'mount these folders as volumes',
  },
  {
    id: 'host-no-permission',
    says: 'Error saving the file: open data/uploads/x.zip: permission denied',
    pattern: /: permission denied/,
    cause: () => "eKuiper's own user may not write there",
    next: () => 'give the user that runs eKuiper its data/, etc/ and plugins/ folders',
  },
];
