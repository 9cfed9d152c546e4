/** Symbol files without fault, and ways to break them one at a time. */

type Changes = Readonly<Record<string, unknown>>;

export const both = (text: string) => ({ en_US: text, zh_CN: text });

export const ABOUT = {
  trial: false,
  author: {
    name: 'Jane Doe',
    email: 'jane@example.com',
    company: 'Example Ltd',
    website: 'https://example.com',
  },
  helpUrl: both('https://example.com'),
  description: both('Does something'),
};

/** A property; `undefined` takes a key away. */
export function field(changes: Changes = {}): object {
  const whole = { name: 'interval', default: 1000, optional: true, control: 'text', type: 'int' };
  return { ...whole, hint: both('Milliseconds'), label: both('Interval'), ...changes };
}

export function sourceJson(changes: Changes = {}): string {
  return JSON.stringify({ about: ABOUT, properties: { default: [field()] }, ...changes });
}

export function sinkJson(changes: Changes = {}): string {
  return JSON.stringify({ about: ABOUT, properties: [field()], ...changes });
}

/** One described function; `undefined` takes a key away. */
export function described(changes: Changes = {}): object {
  const label = { en_US: 'Function', zh_CN: 'Function' };
  return {
    name: 'pfn',
    example: 'pfn(col)',
    hint: both('Returns something'),
    args: [],
    return: { type: 'any', hint: both('Something') },
    node: { category: 'function', icon: 'iconPath', label },
    ...changes,
  };
}

export function functionJson(changes: Changes = {}): string {
  return JSON.stringify({ about: ABOUT, functions: [described()], ...changes });
}

/** A source whose only property is changed. */
export function sourceWith(changes: Changes): Record<string, string> {
  return { 'sources/psrc.json': sourceJson({ properties: { default: [field(changes)] } }) };
}

/** A sink whose only property is changed. */
export function sinkWith(changes: Changes): Record<string, string> {
  return { 'sinks/psnk.json': sinkJson({ properties: [field(changes)] }) };
}

/** A function file whose only function is changed. */
export function functionWith(changes: Changes): Record<string, string> {
  return { 'functions/pfn.json': functionJson({ functions: [described(changes)] }) };
}
