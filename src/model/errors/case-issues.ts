import type { ErrorEntries } from './entry.ts';

const SCHEMA = ['kplugin schema cases'];

/** The issues of case files, used in place of rule ids (docs/cases.md). */
export const CASE_ISSUES = {
  'case-syntax': {
    what: 'The case file is no YAML or JSON that kplugin reads.',
    why: 'Case files are UTF-8 with one document, and hold only values that JSON has.',
    fix: 'Correct the place that is named.',
    commands: SCHEMA,
  },
  'case-unknown-key': {
    what: 'A key is not known where it stands.',
    why: 'A key with a typing error would be ignored, and the case would test less than intended.',
    fix: 'Correct or leave out the key; the schema lists those that there are.',
    commands: SCHEMA,
  },
  'case-wrong-type': {
    what: 'A value has another type than its key needs.',
    why: 'kplugin does not guess what is meant.',
    fix: 'Write a value of the type that the finding names.',
    commands: SCHEMA,
  },
  'case-missing-key': {
    what: 'A key is missing without which the case means nothing.',
    why: 'A case names its symbol, has a name, and gives the symbol something to do.',
    fix: 'Add the key that the finding names.',
    commands: SCHEMA,
  },
  'case-duplicate-key': {
    what: 'The same key is there twice.',
    why: 'Only one of them can count.',
    fix: 'Remove or rename one.',
    commands: SCHEMA,
  },
  'case-duplicate-name': {
    what: 'Two cases of a symbol have the same name.',
    why: 'A report could not distinguish them.',
    fix: 'Give one of them another name.',
    commands: ['kplugin test <dir> --list'],
  },
  'case-two-symbols': {
    what: 'A case names two symbols.',
    why: 'Each case tests one symbol.',
    fix: 'Make two cases of it.',
    commands: SCHEMA,
  },
  'case-unknown-symbol': {
    what: 'A case names a symbol that the manifest does not declare.',
    why: 'eKuiper offers only what the manifest declares.',
    fix: 'Correct the name or the kind, or add the symbol.',
    commands: ['kplugin add function <symbol>'],
  },
  'case-never-holds': {
    what: 'What the case expects can never come true, or tests nothing.',
    why: 'Two keys contradict each other, or one makes the other meaningless.',
    fix: 'Correct or remove what the finding names.',
    commands: SCHEMA,
  },
} satisfies ErrorEntries;
