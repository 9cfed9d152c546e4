import { expect, test } from 'vitest';
import { checkOpenFileLimit } from '../../../../src/commands/serve/plugin-environment.ts';
import { MachineLimit } from '../../../../src/model/machine-limit.ts';

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                 4096                 files\n`;

test.each(['3', '25', '63'])('%s files are too few', (soft) => {
  expect(() => checkOpenFileLimit(limits(soft))).toThrow(MachineLimit);
});

test.each([limits('64'), limits('1048576'), limits('unlimited'), ''])('%# is enough', (text) => {
  expect(() => checkOpenFileLimit(text)).not.toThrow();
});
