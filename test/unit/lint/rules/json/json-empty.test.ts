import { jsonEmpty } from '../../../../../src/lint/rules/json/json-empty.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonEmpty, { bad: ' \n', says: '1:1 The file is empty', other: '{"a": nul}' });
