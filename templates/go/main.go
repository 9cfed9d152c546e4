// {{ description | line }}
//
// eKuiper starts this program and tells it through a socket which symbols to run.
package main

import (
	"os"

	"github.com/lf-edge/ekuiper/sdk/go/api"
	sdk "github.com/lf-edge/ekuiper/sdk/go/runtime"
)

// The names here, in {{ name }}.json and of the symbol files belong together.
func main() {
	sdk.Start(os.Args, &sdk.PluginConfig{
		Name: "{{ name }}",
{{ sources }}
{{ sinks }}
{{ functions }}
	})
}
