import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { beforeAll, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { ROOT } from '../bin/run.ts';

const MOST_BYTES = 1_000_000;
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

describe('what npm publishes', () => {
  let packed: Packed = { size: 0, files: [] };
  let files: readonly string[] = [];

  beforeAll(() => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const [first] = JSON.parse(execFileSync(npm, args, { cwd: ROOT, encoding: 'utf8' }));
    packed = first;
    files = packed.files.map(({ path: file }) => file);
  });

  it(`is below ${MOST_BYTES} bytes`, () => {
    expect(packed.size).toBeLessThan(MOST_BYTES);
    expect(files).toContain('dist/kplugin.cjs');
  });

  it('is no compiled code, no source and no test', () => {
    const strange = /\.(cache|node|map\.map|tgz)$|^(src|test|scripts)\//;
    expect(files.filter((file) => strange.test(file))).toEqual([]);
  });

  it('names no folder of the machine that built it', () => {
    expect(files.filter((file) => read(file).includes(ROOT))).toEqual([]);
  });

  it('says where it comes from and where bugs go', () => {
    const web = pkg.repository.url.replace(/^git\+|\.git$/g, '');
    expect(pkg.bugs.url).toBe(`${web}/issues`);
    expect(pkg.homepage).toBe(`${web}#readme`);
    expect(pkg.author).not.toBe('');
    expect(files).toContain('SECURITY.md');
  });

  it.each(['README.md', 'README-CN.md', 'SECURITY.md', 'docs/'])(
    'every link in %s leads to a file of it',
    (at) => {
      const pages = files.filter((file) => file.startsWith(at) && file.endsWith('.md'));
      expect(pages).not.toEqual([]);
      const dead = pages.flatMap((page) =>
        linksOf(read(page))
          .map((link) => path.posix.join(path.posix.dirname(page), link))
          .filter((file) => !files.some((one) => one === file || one.startsWith(`${file}/`))),
      );
      expect(dead).toEqual([]);
    },
  );
});

/** The packages that a package's own package.json names; of one that only exports others again (@inquirer/prompts) those. */
function testOptions(folder: string): readonly string[] {
  const asked = (file: string) => Object.keys(JSON.parse(read(file)).dependencies ?? {});
  return asked(`${folder}/package.json`).flatMap((name) =>
    name === '@inquirer/prompts' ? asked(`node_modules/${name}/package.json`) : name,
  );
}

/** The links of a page that lead into the same package. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const all = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: *(\S+)/gm)];
  return all
    .map(([, inline, reference]) => (inline ?? reference ?? '').replace(/#.*/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

describe('what comes from other packages', () => {
  const meta = JSON.parse(read('dist/meta.json')) as {
    readonly outputs: Record<
      string,
      { readonly inputs: Record<string, { bytesInOutput: number }> }
    >;
  };
  const inputs = Object.values(meta.outputs)
    .flatMap((one) => Object.entries(one.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
  const folderOf = new Map(
    inputs
      .map((file) => /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
      .filter((folder) => folder !== undefined)
      .map((folder) => {
        const { name, version } = JSON.parse(read(`${folder}/package.json`));
        return [`${name} ${version}`, folder] as const;
      }),
  );
  const used = new Set(folderOf.keys());
  const licences = read('dist/LICENSES.txt').split(`\n${'-'.repeat(80)}\n\n`);

  it('stands in LICENSES.txt with its name, its version and a text', () => {
    const told = licences.map((one) => /^(\S+ \S+) \([^\n]+\)\n\n/.exec(one)?.[1]);
    expect(told.toSorted()).toEqual([...used].toSorted());
    expect(told).toContain('commander 14.0.3');
    const empty = licences.filter((one) => one.length < 500 || !/copyright/i.test(one));
    expect(empty).toEqual([]);
  });

  const bom = JSON.parse(read('dist/sbom.cdx.json'));
  type Component = { name: string; version: string; purl: string; licenses: unknown[] };
  const components: Component[] = bom.components;

  it('stands in the bill of materials', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(bom.metadata.component).toMatchObject({
      name: 'kplugin',
      version: pkg.version,
      licenses: [{ license: { id: 'Apache-2.0' } }],
      purl: `pkg:npm/kplugin@${pkg.version}`,
    });
    expect(components.map((one) => `${one.name} ${one.version}`)).toEqual([...used].toSorted());
    for (const { name, version, purl, licenses } of components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      const { license } = JSON.parse(read(`${folderOf.get(`${name} ${version}`)}/package.json`));
      expect(licenses).toEqual([{ license: { id: license } }]);
    }
  });

  it('says there which package is used by which', () => {
    const dependencies: { ref: string; dependsOn: string[] }[] = bom.dependencies;
    const usedBy = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const self = bom.metadata.component.purl;
    expect([...usedBy.keys()]).toEqual([self, ...components.map((one) => one.purl)]);
    // Nothing that nobody uses, and nothing that a package does not ask for in its own package.json.
    const reached = new Set<string>();
    const reach = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      for (const one of usedBy.get(ref) ?? []) reach(one);
    };
    reach(self);
    expect([...reached].toSorted()).toEqual([...usedBy.keys()].toSorted());
    for (const { name, version, purl } of components) {
      const names = (usedBy.get(purl) ?? []).map((ref) =>
        ref.replace(/^pkg:npm\/|@[^@]*$/g, '').replace('%40', '@'),
      );
      expect(testOptions(`${folderOf.get(`${name} ${version}`)}`), name).toEqual(
        expect.arrayContaining(names),
      );
    }
  });

  it('is a bill that the schema of CycloneDX 1.6 allows, to the last word', async () => {
    const schema = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await schema.validate(read('dist/sbom.cdx.json'))).toBeNull();
    const unknownLicence = read('dist/sbom.cdx.json').replace('"id": "MIT"', '"id": "Mine"');
    expect(await schema.validate(unknownLicence)).toContainEqual(
      expect.objectContaining({ instancePath: '/components/0/licenses/0/license/id' }),
    );
  });

  it('is no more than what is used: no second parser of HTTP, no editor, no copy of streams', () => {
    const names = [...used].map((one) => one.replace(/ .*/, ''));
    expect(names).toContain('undici');
    expect(
      names.filter((name) => /editor|iconv|chardet|readable-stream|tar-stream/.test(name)),
    ).toEqual([]);
  });
});

describe('the source maps', () => {
  const scripts = readdirSync(path.join(ROOT, 'dist'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.cjs'));

  it('lie beside every file that runs, without the sources', () => {
    expect(scripts.length).toBeGreaterThan(50);
    for (const name of scripts) {
      const map = JSON.parse(read(`dist/${name}.map`));
      expect(map.sourcesContent).toBeUndefined();
      expect(map.sources.filter((source: string) => /node_modules/.test(source))).toEqual([]);
      expect(read(`dist/${name}`)).toMatch(`//# sourceMappingURL=${path.basename(name)}.map\n`);
    }
  });

  it('lead from a place in the bundle to the line of the source', () => {
    const text = read('dist/kplugin.cjs');
    const map = new SourceMap(JSON.parse(read('dist/kplugin.cjs.map')));
    // A name of the source, unchanged in the bundle.
    const at = text.indexOf('runCommand(', text.indexOf('async function runCommand('));
    const before = text.slice(0, at).split('\n');
    const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    if (!('originalSource' in entry)) throw new Error('runCommand is not in the map');
    const source = entry.originalSource.replace(/^(\.\.\/)+/, '');
    expect(read(source).split('\n')[entry.originalLine]).toContain('function runCommand(');
  });

  it('lead nowhere from a package, whatever of ours stands before it', () => {
    const text = read('dist/kplugin.cjs');
    const map = new SourceMap(JSON.parse(read('dist/kplugin.cjs.map')));
    const places = [...text.matchAll(/commander\.(?:unknownOption|excessArguments)"/g)].map(
      ({ index }) => {
        const before = text.slice(0, index).split('\n');
        return map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
      },
    );
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) expect(place).toMatchObject({ originalSource: undefined });
  });
});

describe('package-lock.json', () => {
  it('names no registry: the one that npm is configured for is asked', () => {
    const lock = read('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    const { packages } = JSON.parse(lock) as { readonly packages: Record<string, object> };
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    const hosts = Object.values(packages).flatMap((one) =>
      JSON.stringify({ ...one, funding: null }).match(/[a-z+]+:\/\/[^"]*/g),
    );
    expect(hosts.filter((host) => host !== null)).toEqual([]);
  });
});
