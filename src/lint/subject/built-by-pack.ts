import { type NodePackage, parseNodePackage } from '../../model/plugin/node-package.ts';
import { executablePath } from './executable-value.ts';
import { readManifest } from './manifest.ts';
import type { Subject } from './subject.ts';

const packages = new WeakMap<Subject, Promise<NodePackage | null>>();

/**
 * The command that builds the executable, which `kplugin pack` runs first: a Go module's build, or the build script of
 * a package.json. Null for a zip, and when the executable is not built.
 */
export async function buildCommand(subject: Subject): Promise<string | null> {
  const { view } = subject;
  const executable = executablePath(subject);
  if (executable === null || readManifest(subject)?.info.language !== 'go') return null;
  if ((await view.readProject('go.mod', 1)) !== null) {
    return `CGO_ENABLED=0 go build -o ${executable} .`;
  }
  return (await nodePackageOf(subject))?.build ? 'npm run build' : null;
}

/** The project's package.json; null for a zip, and when it is missing or unreadable. */
export function nodePackageOf(subject: Subject): Promise<NodePackage | null> {
  const known = packages.get(subject) ?? readPackage(subject);
  packages.set(subject, known);
  return known;
}

async function readPackage({ view }: Subject): Promise<NodePackage | null> {
  const bytes = await view.readProject('package.json');
  return bytes && parseNodePackage(new TextDecoder().decode(bytes));
}
