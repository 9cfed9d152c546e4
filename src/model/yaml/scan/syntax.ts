/**
 * `yaml.v3`: YAML as eKuiper parses it. `1.2`: inside brackets `what?` and `:name` are texts too, `{a:, b}` has two
 * keys, tabs are allowed in empty lines and before comments, and `%YAML 1.2` is accepted. Source: YAML 1.2.2, 6.2,
 * 6.6, 7.3.3 and 7.4.2.
 */
export type YamlSyntax = 'yaml.v3' | '1.2';

const BRACKETS: ReadonlySet<number> = new Set([...',[]{}'].map((char) => char.charCodeAt(0)));

/** `, [ ] { }` */
export function isFlowIndicator(code: number): boolean {
  return BRACKETS.has(code);
}
