"""One module for each symbol of the plugin."""
