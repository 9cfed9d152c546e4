import type { Subject, TextFile } from '../subject/subject.ts';
import { programSources } from './source-files.ts';

/** What a Python plugin says about the SDK's keep-alive (docs/ekuiper.md#python-sdk-and-host). */
export interface KeepAlive {
  /**
   * The helper of `kplugin init`: `quiet` replaces the SDK's control connection, `earlier` only its functions; null for
   * none. A program that replaces that connection itself counts as quiet.
   */
  readonly helper: 'quiet' | 'earlier' | null;
  /** The file of an earlier helper. */
  readonly file: string | null;
  /** The release of the SDK that the package brings or asks for; null when it is not known. */
  readonly sdk: string | null;
  /** Where that release stands: a path. */
  readonly from: string | null;
}

const HELPER_FILE = /(^|\/)(?:ekuiper_update_workaround|ekuiper_update_cure)\.py$/;
const REPLACES = /\.PairChannel\s*=/;
const VENDORED = /(^|\/)ekuiper-(\d[\w.+!]*)\.dist-info\/METADATA$/;
const PINNED = /^[ \t]*ekuiper[ \t]*(?:==|>=|~=)[ \t]*(\d[\w.]*)/m;

/** Reads it from requirements.txt, from the metadata of an SDK in the package, and from the program. */
export async function keepAliveOf(subject: Subject): Promise<KeepAlive> {
  const files = await programSources(subject);
  const earlier = files.find(({ path }) => HELPER_FILE.test(path));
  const isQuiet = files.some(({ source }) => REPLACES.test(source.text));
  const [sdk, from] = releaseIn(subject, await subject.text('requirements.txt'));
  return {
    helper: isQuiet ? 'quiet' : earlier ? 'earlier' : null,
    file: earlier?.path ?? null,
    sdk,
    from,
  };
}

function releaseIn(
  { view }: Subject,
  requirements: TextFile | null,
): readonly [string | null, string | null] {
  for (const { path } of view.entries) {
    const release = VENDORED.exec(path)?.[2];
    if (release) return [release, path];
  }
  const pinned = PINNED.exec(requirements?.source.text ?? '')?.[1];
  return pinned && requirements ? [pinned, requirements.path] : [null, null];
}
