import { jsonSyntax } from '../../../../../src/lint/rules/json/json-syntax.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonSyntax, {
  bad: "{'about': 1}",
  says: "1:2 This is not JSON: invalid character '\\'' looking for beginning of object key string",
  other: '{} // x',
});
