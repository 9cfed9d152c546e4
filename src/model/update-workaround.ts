/**
 * The command that adds the helper which keeps a Python plugin's functions over updates: it runs `init` and copies
 * the file into the current directory.
 */
export const PYTHON_UPDATE_WORKAROUND =
  'Add ekuiper_update_cure.py beside the main program, and call its install(config) before plugin.start; in the folder of the project: ' +
  'd=$(mktemp -d) && kplugin init "$d" --name sample --language python --function f --yes && cp "$d/ekuiper_update_cure.py" .';
