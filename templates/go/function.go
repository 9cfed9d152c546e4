package main

import (
	"fmt"
	"slices"

	"github.com/lf-edge/ekuiper/sdk/go/api"
)

// {{ type }} is the function {{ symbol }}(text): the text backwards.
// There is one for the whole plugin, used by all rules that call {{ symbol }}.
type {{ type }} struct{}

// Validate checks the arguments as written in SQL; the error it returns is the error of the rule.
func (f *{{ type }}) Validate(args []any) error {
	if len(args) != 1 {
		return fmt.Errorf("{{ symbol }} takes 1 argument but got %d", len(args))
	}
	return nil
}

// Exec is called with every row; with false the result is the error of that row.
func (f *{{ type }}) Exec(args []any, _ api.FunctionContext) (any, bool) {
	if len(args) != 1 {
		return fmt.Sprintf("{{ symbol }} takes 1 argument but got %d", len(args)), false
	}
	// A field that the row does not have arrives as nil.
	if args[0] == nil {
		return nil, true
	}
	runes := []rune(fmt.Sprint(args[0]))
	slices.Reverse(runes)
	return string(runes), true
}

// IsAggregate is true for functions of a whole window: their arguments are slices.
func (f *{{ type }}) IsAggregate() bool {
	return false
}
