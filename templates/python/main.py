"""{{ description | docstring }}

eKuiper starts this program and tells it through a socket which symbols to run.
"""

from ekuiper import PluginConfig, plugin

{{ imports }}

# The names here, in {{ name }}.json and of the symbol files belong together.
CONFIG = PluginConfig(
    name="{{ name }}",
{{ sources }}
{{ sinks }}
{{ functions }}
)

if __name__ == "__main__":
{{ workaround }}
    plugin.start(CONFIG)
