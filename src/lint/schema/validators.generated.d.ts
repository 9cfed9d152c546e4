/** One violation, as ajv's compiled code reports it. */
export interface SchemaError {
  /** JSON pointer of the value: `/properties/default/0`. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Returns whether the value fits; `errors` then holds what does not, until the next call. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export const validateManifest: Validator;
export const validateSource: Validator;
export const validateSink: Validator;
export const validateFunction: Validator;
export const validateSourceConfig: Validator;
export const validateCases: Validator;
