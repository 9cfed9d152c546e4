/**
 * Rewrites paths of a plugin's copy in the home to paths of the project: `File "/tmp/…/plugins/portable/demo/main.py"`
 * becomes `File "demo/main.py"`, which editors can open.
 */
export class OwnPaths {
  readonly #pairs: (readonly [copy: string, own: string])[] = [];

  /** `copy`: the plugin's directory in the home; `own`: the path of the project as it was typed. */
  add(copy: string, own: string): void {
    this.#pairs.push([`${copy}/`, own === '.' ? './' : `${own.replace(/\/$/, '')}/`]);
  }

  readonly show = (text: string): string => {
    let shown = text;
    for (const [copy, own] of this.#pairs) shown = shown.replaceAll(copy, () => own);
    return shown;
  };
}
