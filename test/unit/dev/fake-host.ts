import type { DevHost } from '../../../src/dev/install.ts';
import type { Registration } from '../../../src/emulator/host/registration.ts';
import { HostRefusal } from '../../../src/emulator/runtime/refusal.ts';
import type { OpenFunction } from '../../../src/emulator/runtime/symbol-contract.ts';
import type { PluginInfo } from '../../../src/model/plugin/manifest.ts';

/** A host that starts nothing: it notes what it is asked for and refuses what the test tells it to. */
export class FakeHost implements DevHost {
  readonly diary: string[] = [];
  readonly plugins = new Map<string, 'running' | 'error'>();
  openFunctions: OpenFunction[] = [];
  readonly openSources = [];
  readonly openSinks = [];
  /** The words with which the next installation is refused. */
  refusal: string | null = null;
  /** How often it was told to read sources' YAML anew. */
  forgotten = 0;
  /** Whether the next update leaves the process dead, as eKuiper 2.0 does (docs/ekuiper.md#killed-by-an-update). */
  staysDead = false;

  register({ name }: Registration): Promise<void> {
    this.diary.push(`register ${name}`);
    return this.#install(name);
  }

  update(name: string, registration: Registration): Promise<void> {
    this.diary.push(`update ${name}`);
    this.plugins.delete(name);
    return this.#install(registration.name);
  }

  remove(name: string): Promise<void> {
    this.diary.push(`remove ${name}`);
    this.plugins.delete(name);
    return Promise.resolve();
  }

  setEnvironment(name: string): void {
    this.diary.push(`environment ${name}`);
  }

  restart(name: string): Promise<void> {
    this.diary.push(`restart ${name}`);
    this.plugins.set(name, 'running');
    return Promise.resolve();
  }

  describe(name: string): PluginInfo | null {
    if (!this.plugins.has(name)) return null;
    return {
      name,
      version: '1.0.0',
      language: 'go',
      executable: '/x/run',
      virtualEnvType: null,
      env: null,
      sources: null,
      sinks: null,
      functions: null,
    };
  }

  status(name: string): ReturnType<DevHost['status']> {
    const status = this.plugins.get(name);
    return status === undefined ? null : { status, errMsg: '', refCount: {} };
  }

  forgetConfigs(): void {
    this.forgotten += 1;
  }

  pluginOf = (): never => unused();
  sourceConfig = (): never => unused();
  openSource = (): never => unused();
  openSink = (): never => unused();
  openFunction = (): never => unused();
  kill = (): never => unused();
  adopt = (): never => unused();

  #install(name: string): Promise<void> {
    const words = this.refusal;
    this.refusal = null;
    if (words !== null) return Promise.reject(new HostRefusal(words));
    this.plugins.set(name, this.staysDead ? 'error' : 'running');
    this.staysDead = false;
    return Promise.resolve();
  }
}

function unused(): never {
  throw new Error('a watch has no business with this');
}
