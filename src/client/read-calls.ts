import {
  parseGroups,
  parseHostInfo,
  parsePluginNamed,
  parsePlugins,
  parseStatus,
  parseUploads,
} from './answers.ts';
import { looksLikeHtml } from './error-body.ts';
import { type HostExport, NOTHING_EXPORTED, parseExport } from './exported.ts';
import type { HostClient } from './host-client.ts';
import { HostFailure } from './host-failure.ts';
import { KIB, type Line, MIB, pluginPath, rulePath } from './line.ts';
import { parseRuleStates, parseRuleStatus } from './rule-status.ts';
import type { HostAnswer } from './transport.ts';

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
  | 'ruleStatus'
  | 'sourceConfig'
  | 'uploads'
>;

/** The questions: they change nothing on the host and may be asked again. */
export function readCalls(line: Line): ReadCalls {
  const exported = async (): Promise<HostExport> => {
    const answer = await line.get('/data/export', 64 * MIB);
    if (isMissing(answer)) return NOTHING_EXPORTED;
    return line.read(answer, 'export what it has', parseExport);
  };
  return {
    hostTime: () => line.time,
    async info() {
      line.info ??= line.read(
        await line.get('/', 64 * KIB),
        'say which eKuiper it is',
        parseHostInfo,
      );
      return line.info;
    },
    async plugins() {
      const answer = await line.get('/plugins/portables', 8 * MIB);
      if (isMissing(answer)) throw noPortables(line);
      return line.read(answer, 'list its plugins', parsePlugins);
    },
    async plugin(name) {
      const answer = await line.get(pluginPath(name), MIB);
      if (isMissing(answer)) return null;
      return line.read(answer, `describe plugin ${name}`, (value) => parsePluginNamed(name, value));
    },
    async status(name) {
      const answer = await line.get(`${pluginPath(name)}/status`, MIB, line.waitTimeout);
      return isMissing(answer)
        ? null
        : line.read(answer, `tell the status of ${name}`, parseStatus);
    },
    exported,
    async registrations() {
      return (await exported()).registrations;
    },
    async ruleStates() {
      return line.read(await line.get('/rules', 8 * MIB), 'list its rules', parseRuleStates);
    },
    async ruleStatus(id) {
      const answer = await line.get(`${rulePath(id)}/status`, 8 * MIB);
      if (isMissing(answer) || /rule \S+ is not found/i.test(answer.text)) return null;
      return line.read(answer, `tell the status of rule ${id}`, parseRuleStatus);
    },
    async sourceConfig(source) {
      const answer = await line.get(`/metadata/sources/yaml/${encodeURIComponent(source)}`, MIB);
      // 400 where the host has no such source, 404 where it has no metadata at all.
      if (answer.status !== 200) return null;
      return line.read(answer, `show the configuration of ${source}`, parseGroups);
    },
    async uploads() {
      return line.read(
        await line.get('/config/uploads', 8 * MIB),
        'list its uploads',
        parseUploads,
      );
    },
  };
}

/** eKuiper's own 404; a web page with that status comes from somebody else. */
function isMissing(answer: HostAnswer): boolean {
  return answer.status === 404 && !looksLikeHtml(answer.text);
}

function noPortables(line: Line): HostFailure {
  return new HostFailure({
    kind: 'missing',
    status: 404,
    message: `the eKuiper on ${line.address.label} has no portable plugins`,
    reason:
      'it was built without them (a "core" build without the tag "portable"), or is older than 1.4',
    hint: 'run a standard image such as lfedge/ekuiper:2.4.0-slim-python',
  });
}
