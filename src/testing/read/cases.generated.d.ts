import type { Validator } from '../../model/schema/validator.ts';
import type { CaseFile } from '../case/case-file.ts';

export const validateCases: Validator<CaseFile>;
