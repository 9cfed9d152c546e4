import { has } from '../../model/behaviours.ts';
import type { Target } from '../../model/target.ts';
import { HostRefusal } from './refusal.ts';
import type { FunctionContext, OpenFunction } from './symbol-contract.ts';

/**
 * Calls a function as a new rule does: `Validate` when the rule is created, then `IsAggregate`, then `Exec` with the row.
 * Throws HostRefusal with eKuiper's error text; when `Validate` refuses, no rule can use the function like this.
 * Source: internal/xsql/parser.go and internal/plugin/portable/runtime/function.go of 2.4.0.
 */
export async function callAsRule(
  opened: OpenFunction,
  args: readonly unknown[],
  context: FunctionContext,
): Promise<unknown> {
  const refusal = await refusalOfArguments(opened, args);
  if (refusal !== null) throw refusal;
  await opened.isAggregate();
  return opened.exec(args, context);
}

/**
 * Asks `Validate` with the arguments as SQL has them: as fields first, then the constants among them as constants,
 * because a function may ask for either. Null when one of both is accepted, else the first refusal. Throws HostRefusal
 * when there is no answer.
 */
export async function refusalOfArguments(
  opened: OpenFunction,
  args: readonly unknown[],
): Promise<HostRefusal | null> {
  const fields = args.map((_, index) => fieldReference(index, opened.target));
  const first = await refusalOf(opened, fields);
  const constants = args.map((value, index) => constantOf(value) ?? fields[index]);
  return first === null ? null : (await refusalOf(opened, constants)) && first;
}

async function refusalOf(
  opened: OpenFunction,
  args: readonly unknown[],
): Promise<HostRefusal | null> {
  try {
    await opened.validate(args);
    return null;
  } catch (thrown) {
    if (thrown instanceof HostRefusal && REFUSED.test(thrown.message)) return thrown;
    throw thrown;
  }
}

const REFUSED = /^(?:validate return state is false|cannot decode the answer to Validate)/;

/** `col1` in SQL, as eKuiper encodes it (pkg/ast/expr_ref.go). */
function fieldReference(index: number, target: Target): Readonly<Record<string, unknown>> {
  const field = { StreamName: '$$default', Name: `col${index + 1}` };
  if (!has(target, 'numbers-field-references')) return field;
  return { ...field, HasIndex: false, SourceIndex: 0, Index: 0 };
}

/** A constant in SQL; null for a value that SQL has no constant for. */
function constantOf(value: unknown): { readonly Val: string | number | boolean } | null {
  const isConstant =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isConstant ? { Val: value } : null;
}
