import type { Validator } from '../../model/schema/validator.ts';

export const validateManifest: Validator;
export const validateSource: Validator;
export const validateSink: Validator;
export const validateFunction: Validator;
export const validateSourceConfig: Validator;
