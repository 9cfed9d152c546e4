/** One violation, as the compiled code of a schema reports it (scripts/validators.ts). */
export interface SchemaError {
  /** JSON pointer of the value: `/properties/default/0`. */
  readonly instancePath: string;
  /** Where in the schema, as far as it is asked for: `/dependencies/calls/`, `/anyOf/0/required`. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The key that `propertyNames` looked at. */
  readonly propertyName?: string;
  /** The schema that has the keyword, in the modules that explain; its texts are those that editors show. */
  readonly about?: Described;
}

/** What a schema says about the values that it describes. */
export interface Described {
  readonly title?: string;
  readonly description?: string;
  /** What is wrong when it is violated, and why after a colon. Editors know this keyword. */
  readonly errorMessage?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly { readonly required?: readonly string[] }[];
  readonly oneOf?: readonly { readonly required?: readonly string[] }[];
}

/** Returns whether the value fits; `errors` then holds what does not, until the next call. */
export interface Validator<T = unknown> {
  (value: unknown): value is T;
  errors?: readonly SchemaError[] | null;
}
