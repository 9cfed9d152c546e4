import {
  parseGroups,
  parseHostInfo,
  parsePluginNamed,
  parsePlugins,
  parseStatus,
  parseUploads,
  type Registration,
} from './answers.ts';
import {
  type ApiCalls,
  type ApiCallsOptions,
  apiCalls,
  KIB,
  MIB,
  multipart,
  pluginPath,
  rulePath,
} from './api-calls.ts';
import { looksLikeHtml, readErrorBody } from './error-body.ts';
import { type HostExport, NOTHING_EXPORTED, parseExport } from './exported.ts';
import type { HostClient } from './host-client.ts';
import { unescapeHtml } from './http/foreign-text.ts';
import { HostFailure } from './http/host-failure.ts';
import { notEkuiper } from './refusal.ts';
import { parseRuleStates, parseRuleStatus } from './rule-status.ts';
import type { HostAnswer } from './transport.ts';

/** Creates a client that sends over one transport; nothing is sent before the first call. */
export function hostClient(options: ApiCallsOptions): HostClient {
  const calls = apiCalls(options);
  return {
    address: options.address,
    ...readCalls(calls),
    ...changeCalls(calls),
    close: () => options.transport.close(),
  };
}

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

/**
 * Requests that change the host. After a connection loss or a timeout the host may have carried them out all the same.
 */
function changeCalls(calls: ApiCalls): ChangeCalls {
  return {
    async upload(file, onSent) {
      const body = multipart(file, onSent);
      const answer = await calls.change({ method: 'POST', path: '/config/uploads', body });
      if (answer.status === 404 || answer.status === 405) throw noUploads(calls);
      if (!isDone(answer)) throw calls.refuse(answer, `take the upload ${file.name}`, null);
      return uploadedPath(answer, calls);
    },
    async uploadText(name, content) {
      const json = { name, content };
      const answer = await calls.change({ method: 'POST', path: '/config/uploads', json });
      if (!isDone(answer)) throw calls.refuse(answer, `take the upload ${name}`, null);
    },
    async removeUpload(name) {
      const path = `/config/uploads/${encodeURIComponent(name)}`;
      const answer = await calls.change({ method: 'DELETE', path });
      if (/no such file or directory/.test(answer.text)) return false;
      if (!isDone(answer)) throw calls.refuse(answer, `remove the upload ${name}`, null);
      return true;
    },
    async putSourceGroup(source, group, settings) {
      const [one, other] = [encodeURIComponent(source), encodeURIComponent(group)];
      const path = `/metadata/sources/${one}/confKeys/${other}`;
      const answer = await calls.change({ method: 'PUT', path, json: settings });
      if (!isDone(answer)) throw calls.refuse(answer, `configure source ${source}`, null);
    },
    async restartRule(id, timeout = calls.waitTimeout) {
      const path = `${rulePath(id)}/restart`;
      const answer = await calls.change({ method: 'POST', path, timeout });
      if (!isDone(answer)) throw calls.refuse(answer, `restart rule ${id}`, null);
    },
    async create(registration, timeout) {
      const json = registrationBody(registration);
      const began = performance.now();
      const answer = await calls.change({
        method: 'POST',
        path: '/plugins/portables',
        json,
        timeout,
      });
      if (!isDone(answer)) {
        const waited = performance.now() - began;
        throw calls.refuse(
          answer,
          `install plugin ${registration.name}`,
          registration.name,
          waited,
        );
      }
    },
    async update(registration, timeout) {
      const json = registrationBody(registration);
      const path = pluginPath(registration.name);
      const began = performance.now();
      const answer = await calls.change({ method: 'PUT', path, json, timeout });
      if (!isDone(answer)) {
        const waited = performance.now() - began;
        throw calls.refuse(answer, `update plugin ${registration.name}`, registration.name, waited);
      }
    },
    async remove(name) {
      const answer = await calls.change({ method: 'DELETE', path: pluginPath(name) });
      if (answer.status === 400 && /portable plugin .{0,200} is not found/.test(answer.text))
        return false;
      if (!isDone(answer)) throw calls.refuse(answer, `remove plugin ${name}`, name);
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

/** The response is the path as plain text, HTML-escaped from 2.0 on (docs/ekuiper.md#uploads). */
function uploadedPath(answer: HostAnswer, calls: ApiCalls): string {
  const path = unescapeHtml(answer.text.trim());
  const absolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  if (!absolute || path.includes('\n')) {
    throw notEkuiper(calls.address, answer, 'it did not answer the upload with a path');
  }
  return path;
}

function noUploads(calls: ApiCalls): HostFailure {
  const version = calls.info?.version ? ` (${calls.info.version})` : '';
  return new HostFailure({
    kind: 'missing',
    message: `the eKuiper on ${calls.address.label}${version} takes no uploads`,
    reason: 'they came with 1.6.0; before, eKuiper only fetched a plugin from a URL by itself',
    hint: 'update that eKuiper',
  });
}

type ReadCalls = Pick<
  HostClient,
  | 'info'
  | 'hostTime'
  | 'plugins'
  | 'plugin'
  | 'status'
  | 'exported'
  | 'registrations'
  | 'ruleStates'
  | 'checkRule'
  | 'ruleStatus'
  | 'sourceConfig'
  | 'uploads'
>;

/** Read requests: they change nothing on the host and may be repeated. */
function readCalls(calls: ApiCalls): ReadCalls {
  const exported = async (): Promise<HostExport> => {
    const answer = await calls.get('/data/export', 64 * MIB);
    if (isMissing(answer)) return NOTHING_EXPORTED;
    return calls.read(answer, 'export what it has', parseExport);
  };
  return {
    hostTime: () => calls.time,
    async info() {
      calls.info ??= calls.read(
        await calls.get('/', 64 * KIB),
        'say which eKuiper it is',
        parseHostInfo,
      );
      return calls.info;
    },
    async plugins(onInvalid) {
      const answer = await calls.get('/plugins/portables', 8 * MIB);
      if (isMissing(answer)) throw noPortables(calls);
      return calls.read(answer, 'list its plugins', (value) => parsePlugins(value, onInvalid));
    },
    async plugin(name) {
      const answer = await calls.get(pluginPath(name), MIB);
      if (isMissing(answer)) return null;
      return calls.read(answer, `describe plugin ${name}`, (value) =>
        parsePluginNamed(name, value),
      );
    },
    async status(name) {
      const answer = await calls.get(`${pluginPath(name)}/status`, MIB, calls.waitTimeout);
      return isMissing(answer)
        ? null
        : calls.read(answer, `tell the status of ${name}`, parseStatus);
    },
    exported,
    async registrations() {
      return (await exported()).registrations;
    },
    async ruleStates() {
      return calls.read(await calls.get('/rules', 8 * MIB), 'list its rules', parseRuleStates);
    },
    async checkRule(rule, timeout) {
      const path = '/rules/validate';
      const answer = await calls.change({ method: 'POST', path, json: rule, timeout });
      if (answer.status === 404 || answer.status === 405) return null;
      if (answer.status === 200) return { isValid: true, words: '' };
      if (answer.status !== 400 && answer.status !== 422) {
        throw calls.refuse(answer, 'check a rule', null);
      }
      return { isValid: false, words: readErrorBody(answer.text).words };
    },
    async ruleStatus(id) {
      const answer = await calls.get(`${rulePath(id)}/status`, 8 * MIB);
      if (isMissing(answer) || /rule \S+ is not found/i.test(answer.text)) return null;
      return calls.read(answer, `tell the status of rule ${id}`, parseRuleStatus);
    },
    async sourceConfig(source) {
      const answer = await calls.get(`/metadata/sources/yaml/${encodeURIComponent(source)}`, MIB);
      // 400: the host has no such source. 404: it has no metadata API.
      if (answer.status !== 200) return null;
      return calls.read(answer, `show the configuration of ${source}`, parseGroups);
    },
    async uploads() {
      return calls.read(
        await calls.get('/config/uploads', 8 * MIB),
        'list its uploads',
        parseUploads,
      );
    },
  };
}

/** A 404 of eKuiper itself; an HTML page with that status comes from another server. */
function isMissing(answer: HostAnswer): boolean {
  return answer.status === 404 && !looksLikeHtml(answer.text);
}

function noPortables(calls: ApiCalls): HostFailure {
  return new HostFailure({
    kind: 'missing',
    status: 404,
    message: `the eKuiper on ${calls.address.label} has no portable plugins`,
    reason:
      'it was built without them (a "core" build without the tag "portable"), or is older than 1.4',
    hint: 'run a standard image such as lfedge/ekuiper:2.4.0-slim-python',
  });
}
