import { describe, expect, test } from 'vitest';
import type { PluginSymbol } from '../../../src/model/symbol.ts';
import {
  nameFromFolder,
  pluginNameProblem,
  symbolProblem,
} from '../../../src/scaffold/name-check.ts';

describe('the name of a plugin', () => {
  test.each(['meter', 'my-meter', 'Meter_2', '2meter', 'a'.repeat(90)])('may be %s', (name) => {
    expect(pluginNameProblem(name)).toBeNull();
  });

  test.each([
    ['', 'empty'],
    ['my meter', 'only hold'],
    ['../x', 'only hold'],
    ['zähler', 'only hold'],
    ['a'.repeat(91), 'longer'],
    ['sources', 'folder'],
    ['Sinks', 'folder'],
    ['nul', 'Windows'],
    ['COM1', 'Windows'],
  ])('may not be %j', (name, why) => {
    expect(pluginNameProblem(name)).toContain(why);
  });

  test.each([
    ['meter', 'meter'],
    ['My Meter (2)', 'My-Meter-2'],
    ['zähler', 'z-hler'],
  ])('is made of the folder %j', (folder, name) => {
    expect(nameFromFolder(folder)).toEqual({ name, problem: null });
  });

  test.each([
    ['计数器', 'has no letter or digit'],
    ['', 'has no letter or digit'],
    ['functions', 'eKuiper unpacks elsewhere'],
    ['con', 'cannot be a file name on Windows'],
    ['a'.repeat(91), 'longer than 90'],
  ])('cannot be made of the folder %j, and why', (folder, why) => {
    expect(nameFromFolder(folder).problem).toContain(why);
  });
});

describe('the name of a symbol', () => {
  const others: readonly PluginSymbol[] = [{ kind: 'source', name: 'Pulse' }];
  const rows: readonly (readonly [PluginSymbol['kind'], string, string | null])[] = [
    ['source', 'meter', null],
    ['source', 'my-meter', null],
    ['sink', 'Pulse', null],
    ['function', 'to_kwh', null],
    ['source', 'mqtt', 'built-in source'],
    ['sink', 'mqtt', 'built-in sink'],
    ['function', 'mqtt', 'built-in function'],
    ['function', 'ABS', 'built-in function'],
    ['source', 'abs', null],
    ['source', 'path', 'environment variable PATH'],
    ['sink', 'path', null],
    ['function', 'to-kwh', 'called in SQL'],
    ['function', '2kwh', 'called in SQL'],
    ['function', 'Filter', 'word of SQL'],
    ['source', 'Pulse', 'already a source'],
    ['source', 'pulse', 'letter case'],
    ['sink', 'aux', 'Windows'],
    ['sink', 'a.b', 'only hold'],
    ['sink', '', 'empty'],
  ];
  test.each(rows)('%s %j: %j', (kind, name, why) => {
    const problem = symbolProblem({ kind, name }, others);
    if (why === null) expect(problem).toBeNull();
    else expect(problem).toContain(why);
  });
});
