import { type JsonFault, jsonFaultOf } from '../../json-fault.ts';
import { effectOfUnreadable, jsonFilesOf } from '../../json-files.ts';
import type { Report } from '../../rule.ts';
import type { JsonFile, Subject } from '../../subject.ts';

interface Words {
  readonly message: (said: string, file: JsonFile) => string;
  readonly hint: string;
}

/** Reports for every JSON file that fails for the given reason. */
export function unreadable(subject: Subject, fault: JsonFault, words: Words): Report[] {
  return jsonFilesOf(subject).flatMap((file) => {
    if (file.json.ok || jsonFaultOf(file) !== fault) return [];
    const { message, at } = file.json;
    return [
      {
        file: file.path,
        at,
        message: words.message(message, file),
        effect: effectOfUnreadable(subject, file, message),
        hint: words.hint,
      },
    ];
  });
}
