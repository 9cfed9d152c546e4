/**
 * How a Python plugin gets the helper that keeps its functions over updates: `init` writes it, and one command takes it
 * from there into the folder at hand.
 */
export const PYTHON_UPDATE_WORKAROUND =
  'Add ekuiper_update_cure.py beside the main program, and call its install(config) before plugin.start; in the folder of the project: ' +
  'd=$(mktemp -d) && kplugin init "$d" --name sample --language python --function f --yes && cp "$d/ekuiper_update_cure.py" .';
