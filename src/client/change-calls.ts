import type { Registration } from './answers.ts';
import { looksLikeHtml } from './error-body.ts';
import type { HostClient } from './host-client.ts';
import { HostFailure } from './host-failure.ts';
import { type Line, pluginPath, rulePath } from './line.ts';
import { multipart } from './multipart.ts';
import { notEkuiper } from './refusal.ts';
import { unescapeHtml } from './text.ts';
import type { HostAnswer } from './transport.ts';

type ChangeCalls = Pick<
  HostClient,
  | 'upload'
  | 'uploadText'
  | 'removeUpload'
  | 'create'
  | 'update'
  | 'remove'
  | 'putSourceGroup'
  | 'restartRule'
>;

/** The requests that change a host; a dropped or late answer leaves open whether they did. */
export function changeCalls(line: Line): ChangeCalls {
  return {
    async upload(file, onSent) {
      const body = multipart(file, onSent);
      const answer = await line.change({ method: 'POST', path: '/config/uploads', body });
      if (answer.status === 404 || answer.status === 405) throw noUploads(line);
      if (!isDone(answer)) throw line.refuse(answer, `take the upload ${file.name}`, null);
      return uploadedPath(answer, line);
    },
    async uploadText(name, content) {
      const json = { name, content };
      const answer = await line.change({ method: 'POST', path: '/config/uploads', json });
      if (!isDone(answer)) throw line.refuse(answer, `take the upload ${name}`, null);
    },
    async removeUpload(name) {
      const path = `/config/uploads/${encodeURIComponent(name)}`;
      const answer = await line.change({ method: 'DELETE', path });
      if (/no such file or directory/.test(answer.text)) return false;
      if (!isDone(answer)) throw line.refuse(answer, `remove the upload ${name}`, null);
      return true;
    },
    async putSourceGroup(source, group, settings) {
      const [one, other] = [encodeURIComponent(source), encodeURIComponent(group)];
      const path = `/metadata/sources/${one}/confKeys/${other}`;
      const answer = await line.change({ method: 'PUT', path, json: settings });
      if (!isDone(answer)) throw line.refuse(answer, `configure source ${source}`, null);
    },
    async restartRule(id, timeout = line.waitTimeout) {
      const path = `${rulePath(id)}/restart`;
      const answer = await line.change({ method: 'POST', path, timeout });
      if (!isDone(answer)) throw line.refuse(answer, `restart rule ${id}`, null);
    },
    async create(registration, timeout) {
      const json = registrationBody(registration);
      const answer = await line.change({
        method: 'POST',
        path: '/plugins/portables',
        json,
        timeout,
      });
      if (!isDone(answer)) {
        throw line.refuse(answer, `install plugin ${registration.name}`, registration.name);
      }
    },
    async update(registration, timeout) {
      const json = registrationBody(registration);
      const path = pluginPath(registration.name);
      const answer = await line.change({ method: 'PUT', path, json, timeout });
      if (!isDone(answer)) {
        throw line.refuse(answer, `update plugin ${registration.name}`, registration.name);
      }
    },
    async remove(name) {
      const answer = await line.change({ method: 'DELETE', path: pluginPath(name) });
      if (answer.status === 400 && /portable plugin .{0,200} is not found/.test(answer.text))
        return false;
      if (!isDone(answer)) throw line.refuse(answer, `remove plugin ${name}`, name);
      return true;
    },
  };
}

function isDone(answer: HostAnswer): boolean {
  return (answer.status === 200 || answer.status === 201) && !looksLikeHtml(answer.text);
}

function registrationBody({ name, file, shellParas }: Registration): object {
  return shellParas.length === 0 ? { name, file } : { name, file, shellParas };
}

/** The path comes as bare text, HTML-escaped from 2.0 on (field-notes.md §2b). */
function uploadedPath(answer: HostAnswer, line: Line): string {
  const path = unescapeHtml(answer.text.trim());
  const absolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  if (!absolute || path.includes('\n')) {
    throw notEkuiper(line.address, answer, 'it did not answer the upload with a path');
  }
  return path;
}

function noUploads(line: Line): HostFailure {
  const version = line.info?.version ? ` (${line.info.version})` : '';
  return new HostFailure({
    kind: 'missing',
    message: `the eKuiper on ${line.address.label}${version} takes no uploads`,
    reason: 'they came with 1.6.0; before, eKuiper only fetched a plugin from a URL by itself',
    hint: 'update that eKuiper',
  });
}
