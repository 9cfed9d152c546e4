import { beforeAll, describe, expect, test } from 'vitest';
import {
  getLanguageService,
  type LanguageService,
  TextDocument,
} from 'vscode-json-languageservice';
import { planProject } from '../../../../src/scaffold/plan/project.ts';
import { loadTemplates } from '../../../../src/scaffold/templates.ts';
import { ANSWERS, PACKAGE_ROOT } from '../sample.ts';

interface JsonSchemaSetting {
  readonly fileMatch: string[];
  readonly url: string;
}

const FOLDER = 'file:///home/jane/meter';

let files: ReadonlyMap<string, string>;
let editor: LanguageService;

/** VS Code's own JSON service with the settings of the project, whose symbols are called like the plugin. */
beforeAll(async () => {
  const symbols = (['source', 'sink', 'function'] as const).map((kind) => ({
    kind,
    name: 'meter',
  }));
  const templates = await loadTemplates(PACKAGE_ROOT, 'python');
  files = new Map(
    planProject({ ...ANSWERS, symbols }, templates).map(({ path, text }) => [path, text]),
  );
  const settings: Record<'json.schemas', readonly JsonSchemaSetting[]> = JSON.parse(
    files.get('.vscode/settings.json') ?? '',
  );
  editor = getLanguageService({
    schemaRequestService: async (uri) => files.get(uri.slice(FOLDER.length + 1)) ?? '',
  });
  editor.configure({
    validate: true,
    schemas: settings['json.schemas'].map(({ fileMatch, url }) => ({
      fileMatch,
      uri: new URL(url, `${FOLDER}/`).href,
      folderUri: FOLDER,
    })),
  });
});

function open(path: string, text: string): TextDocument {
  return TextDocument.create(`${FOLDER}/${path}`, 'json', 1, text);
}

async function problems(path: string, text: string): Promise<readonly unknown[]> {
  const document = open(path, text);
  const found = await editor.doValidation(document, editor.parseJSONDocument(document));
  return found.map(({ message }) => message);
}

const JSON_FILES = ['meter.json', 'sources/meter.json', 'sinks/meter.json', 'functions/meter.json'];

describe.each(JSON_FILES)('VS Code and %s', (path) => {
  test('finds nothing wrong with what init wrote', async () => {
    expect(await problems(path, files.get(path) ?? '')).toEqual([]);
  });

  test('sees a wrong type', async () => {
    const wrong = (files.get(path) ?? '').replace(/"(language|trial)": \S+/, '"$1": 3,');
    expect(await problems(path, wrong)).not.toEqual([]);
  });

  test('completes its keys with an explanation', async () => {
    const document = open(path, '{"');
    const list = await editor.doComplete(
      document,
      { line: 0, character: 2 },
      editor.parseJSONDocument(document),
    );
    const key = path === 'meter.json' ? 'executable' : 'about';
    const item = list?.items.find(({ label }) => label === key);
    expect(item?.documentation).toBeTruthy();
  });
});
