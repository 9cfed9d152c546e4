import { readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { has } from '../../model/behaviours.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { fetchFile, isFetchable } from '../host/download.ts';
import { type Answer, htmlEscape, json, refusal, text } from '../http/answer.ts';
import { decodeBody } from '../http/request-body.ts';
import type { Call, Route } from '../http/route.ts';
import {
  copyInto,
  forgetUpload,
  keepUpload,
  partIn,
  placed,
  receiveForm,
  uploadPath,
  writeInto,
} from '../http/uploaded-files.ts';
import { HostRefusal, pathError } from '../runtime/refusal.ts';

/** eKuiper's file store. Source: server/rest.go fileUploadHandler; docs/ekuiper.md#uploads. */
export const UPLOAD_ROUTES: readonly Route[] = [
  { path: '/config/uploads', methods: { GET: list, POST: upload } },
  { path: '/config/uploads/{name}', methods: { DELETE: remove } },
];

async function list({ host }: Call): Promise<Answer> {
  const { uploads } = host.home;
  const names = await readdir(uploads);
  return json(names.sort().map((name) => join(uploads, name)));
}

/** A JSON upload only with exactly this Content-Type: with a charset after it, eKuiper expects a form. */
function upload(call: Call): Promise<Answer> {
  return call.request.headers['content-type'] === 'application/json'
    ? uploadJson(call)
    : uploadForm(call);
}

async function uploadForm({ request, host, target }: Call): Promise<Answer> {
  const received = await receiveForm(request, { home: host.home, target });
  if (!received.ok) return refusal(received.error, received.prefix, target);
  return created(received.path, target);
}

async function uploadJson(call: Call): Promise<Answer> {
  const { request, target } = call;
  const type = { package: 'server', name: 'fileContent' };
  const shape = { name: 'string', content: 'string', file: 'string' } as const;
  let prefix = 'Invalid body: Error decoding file json';
  try {
    const body = await decodeBody(request, shape, type);
    prefix = 'Invalid body: missing necessary field';
    requireFields(body);
    prefix = 'Upload error: getFile has error';
    const { home } = call.host;
    const path = uploadPath(body.name, home, target);
    if (has(target, 'removes-in-a-root')) await makeFolders(dirname(path));
    const { name, file, content } = body;
    const writing = file === '' ? writeInto(path, content, home) : storeFile(file, path, call);
    await placed(name, path, target, writing);
    await keepUpload(body, call.host.home, target);
    return created(path, target);
  } catch (error) {
    return refusal(error, prefix, target);
  }
}

function requireFields(body: { name: string; content: string; file: string }): void {
  if (body.content === '' && body.file === '') {
    throw new HostRefusal('invalid body: content or FilePath is required');
  }
  if (body.name === '') throw new HostRefusal('invalid body: name is required');
}

async function storeFile(uri: string, path: string, { target, host }: Call): Promise<void> {
  if (!isFetchable(uri)) throw new HostRefusal(`invalid uri ${uri}`);
  const fetched = await fetchFile(uri, { target, into: partIn(host.home), signal: host.signal });
  try {
    await copyInto(path, fetched.path, host.home);
  } finally {
    await fetched.release();
  }
}

async function remove(call: Call): Promise<Answer> {
  const { name, target } = call;
  const prefix = 'Error deleting the file';
  try {
    const path = uploadPath(name, call.host.home, target);
    await unlink(path).catch((error: unknown) => {
      const words = has(target, 'removes-in-a-root')
        ? pathError('removeat', name, error)
        : pathError('remove', path, error);
      throw new HostRefusal(words);
    });
    await forgetUpload(name, call.host.home);
    return text(200, 'ok');
  } catch (error) {
    return refusal(error, prefix, target);
  }
}

function created(path: string, target: Call['target']): Answer {
  return text(201, has(target, 'escapes-upload-path') ? htmlEscape(path) : path);
}
