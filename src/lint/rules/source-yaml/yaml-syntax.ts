import { wideUnits } from '../../../model/encoding/wide-units.ts';
import type { Span } from '../../../model/json/node.ts';
import { syntaxHint } from '../../../model/yaml/read.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { looksLike, saveAsUtf8, wrongEncoding } from '../../subject/encoding.ts';
import type { TextFile } from '../../subject/subject.ts';
import { eachYaml, NO_CONFIGURATION } from '../../yaml/read-yaml.ts';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  severity: 'error',
  explanation: {
    means: "A source's YAML cannot be read by eKuiper's YAML parser (gopkg.in/yaml.v3).",
    why: 'eKuiper drops the error of the parser. The install succeeds, the source starts, and its configuration is empty. The parser is stricter than others: the bytes must be UTF-8 (UTF-16 with a byte-order mark is read too), %YAML must be 1.1, {{ }} is a map as a key, and no map may be a key.',
    issues: [],
    bad: 'default:\n\tinterval: 1000      # a tab\n  url: {{ .Values.url }}',
    good: 'default:\n  interval: 1000\n  url: "{{ .Values.url }}"',
  },
  check: (subject) =>
    eachYaml(subject, ({ fault, text }, file): Report[] => {
      if (fault?.kind === 'encoding') return [encodingReport(file, fault.at)];
      if (fault?.kind !== 'syntax') return [];
      // The zero bytes of UTF-16 and UTF-32 are control characters in UTF-8.
      if (fault.message.includes('control characters') && wideUnits(file.bytes) !== null) {
        return [encodingReport(file, fault.at)];
      }
      return [
        {
          file: file.path,
          at: fault.at,
          message: `eKuiper cannot read this YAML: ${fault.message}`,
          effect: NO_CONFIGURATION,
          hint: syntaxHint(fault.message, fault.at.start, text),
        },
      ];
    }),
};

function encodingReport(file: TextFile, at: Span): Report {
  const wrong = wrongEncoding(file.bytes);
  return {
    file: file.path,
    at,
    message: `The file is not UTF-8; ${wrong ? looksLike(wrong) : 'a character is truncated'}`,
    effect: NO_CONFIGURATION,
    hint: wrong ? saveAsUtf8(wrong, file.path) : 'Save it again as UTF-8',
  };
}
