package main

import "testing"

func Test{{ Type }}(t *testing.T) {
	function := &{{ type }}{}
	for _, row := range []struct{ value, want any }{
		{"abc", "cba"},
		{"", ""},
		{12, "21"},
		{nil, nil},
	} {
		got, ok := function.Exec([]any{row.value}, nil)
		if !ok || got != row.want {
			t.Errorf("%v gives %v (%v), want %v", row.value, got, ok, row.want)
		}
	}
	if function.IsAggregate() {
		t.Error("works row by row, yet says it is an aggregate")
	}
}

func Test{{ Type }}TakesOneArgument(t *testing.T) {
	function := &{{ type }}{}
	if err := function.Validate([]any{map[string]any{"Name": "a"}}); err != nil {
		t.Error(err)
	}
	if err := function.Validate(nil); err == nil {
		t.Error("no argument was accepted")
	}
}
