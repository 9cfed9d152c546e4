/**
 * Shows the paths of a plugin's copy in the home as those of the project that it was packed from: `File
 * "/tmp/…/plugins/portable/demo/main.py"` becomes `File "demo/main.py"`, which editors and people can open.
 */
export class OwnPaths {
  readonly #pairs: (readonly [copy: string, own: string])[] = [];

  /** `copy`: the plugin's folder in the home; `own`: the project as people would type it. */
  add(copy: string, own: string): void {
    this.#pairs.push([`${copy}/`, own === '.' ? './' : `${own.replace(/\/$/, '')}/`]);
  }

  readonly show = (text: string): string => {
    let shown = text;
    for (const [copy, own] of this.#pairs) shown = shown.replaceAll(copy, () => own);
    return shown;
  };
}
