import { jsonTrailingComma } from '../../../../../src/lint/rules/json/json-trailing-comma.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonTrailingComma, {
  bad: '{"about": {},}',
  says: '1:13 There is nothing after this comma',
  other: '{"a": nul}',
});
