/** Whether our body says the recorded words; after an error's words ours may add a diagnosis. */
export function sameBody(recorded: string, ours: string): boolean {
  if (ours === recorded) return true;
  const known = parseJson(recorded);
  if (Array.isArray(known)) return sameJson(known, parseJson(ours));
  if (recorded.includes('"*"')) return sameJson(known, parseJson(ours));
  return addsDiagnosis(recorded, ours);
}

const ERROR_END = '"}\n';

/** `…receive time out"}` and `…receive time out\nkplugin: …"}`, with the line feed as Go quotes it. */
function addsDiagnosis(recorded: string, ours: string): boolean {
  if (!recorded.startsWith('{"error":') || !recorded.endsWith(ERROR_END)) return false;
  const words = recorded.slice(0, -ERROR_END.length);
  return ours.startsWith(`${words}\\nkplugin: `) && ours.endsWith(ERROR_END);
}

/** `"*"` stands for any value; lists may come in any order. */
function sameJson(known: unknown, ours: unknown): boolean {
  if (known === '*') return ours !== undefined && ours !== null;
  if (Array.isArray(known)) {
    if (!Array.isArray(ours) || ours.length !== known.length) return false;
    return known.every((item) => ours.some((other) => sameJson(item, other)));
  }
  if (!isObject(known) || !isObject(ours)) return known === ours;
  const keys = Object.keys(known);
  return (
    keys.join() === Object.keys(ours).join() && keys.every((key) => sameJson(known[key], ours[key]))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
