import type { PluginDefinition } from 'kplugin/sdk';
{{ imports }}

// The names here, in {{ name }}.json and of the symbol files belong together.
export const plugin: PluginDefinition = {
  name: '{{ name }}',
{{ sources }}
{{ sinks }}
{{ functions }}
};
