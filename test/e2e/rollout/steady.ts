import type { Run } from '../../bin/run.ts';

/** What people see, with the hosts' addresses, the folder and the times the same in every run. */
export function steady(
  { code, stdout, stderr }: Run,
  hosts: readonly string[],
  folder: string,
): string {
  let text = `${stderr}${stdout}[exit ${code}]\n`;
  hosts.forEach((host, index) => {
    // As long as what it takes the place of, so that the columns stay.
    text = text.replaceAll(host, `edge${index + 1}`.padEnd(host.length, '·'));
  });
  return text
    .replace(/^still at work: .*\n/gm, '')
    .replace(/REST port \d+/g, 'REST port N')
    .replaceAll('·', '')
    .replace(/ {2,}/g, '  ')
    .replace(/\d+(?:\.\d+)? (?:ms|s)(?=[)\s])/g, 'N s')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN')
    .replace(/linux\/\w+/g, 'linux/ARCH')
    .replace(/(?:\/[\w.-]+)+\/kplugin-many-\w+/g, '$HOSTS')
    .replaceAll(folder, '$FOLDER');
}
