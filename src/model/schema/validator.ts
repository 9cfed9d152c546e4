/** A violation as the compiled code of a schema reports it (scripts/validators.ts). */
export interface SchemaError {
  /** JSON pointer of the value: `/properties/default/0`. */
  readonly instancePath: string;
  /** Path in the schema, shortened to what the code uses: `/dependencies/calls/`, `/anyOf/0/required`. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The key that `propertyNames` tested. */
  readonly propertyName?: string;
  /** The schema that contains the keyword, in modules that include schemas; editors show its texts too. */
  readonly about?: Described;
}

/** The texts of a schema that describe its values. */
export interface Described {
  readonly title?: string;
  readonly description?: string;
  /** The message for a violation, then a colon and the reason. Editors know this keyword. */
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

/** Returns whether the value is valid; `errors` then has the violations until the next call. */
export interface Validator<T = unknown> {
  (value: unknown): value is T;
  errors?: readonly SchemaError[] | null;
}
