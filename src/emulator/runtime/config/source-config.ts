import type { Target } from '../../../model/target.ts';
import type { SourceConfigRequest, SymbolConfig } from '../symbols/contract.ts';
import { type Groups, readGroups } from './groups.ts';

/** What eKuiper adds for a stream that says nothing but its type and format (recorded `rule.flow`). */
const COMMON_1_14 = { delimiter: '', format: 'json', key: '' };
const COMMON_2 = {
  ...COMMON_1_14,
  retainSize: 0,
  schemaId: '',
  strictValidation: false,
  timestamp: '',
  timestampFormat: '',
};

/** The configurations of a host's sources. Source: topo/node/conf/source.go GetSourceConf. */
export class SourceConfigs {
  readonly #target: Target;
  /** eKuiper 2 reads a file once in its life, whatever is installed later (real-servers.md N2). */
  readonly #read = new Map<string, Groups>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** Reads a source's file now, as eKuiper does when its plugin is installed. */
  async learn(root: string, source: string): Promise<void> {
    await this.#groups(root, source);
  }

  /** Reads the files anew from now on, as an eKuiper that was restarted. */
  forget(): void {
    this.#read.clear();
  }

  /** What `start` of the source carries; `root` has its `sources/` folder. */
  async configOf(root: string, request: SourceConfigRequest): Promise<SymbolConfig> {
    const { source, confKey = '', dataSource = '', overrides = {} } = request;
    const groups = (await this.#groups(root, source)) ?? {};
    const chosen = groups[confKey.toLowerCase()] ?? groups[confKey] ?? {};
    const common = this.#target === '1.14' ? COMMON_1_14 : { ...COMMON_2, datasource: dataSource };
    return { ...groups['default'], ...(confKey === '' ? {} : chosen), ...common, ...overrides };
  }

  async #groups(root: string, source: string): Promise<Groups | null> {
    const key = JSON.stringify([root, source]);
    const known = this.#read.get(key);
    if (known) return known;
    const groups = await readGroups(root, source, this.#target);
    if (groups !== null && this.#target !== '1.14') this.#read.set(key, groups);
    return groups;
  }
}
