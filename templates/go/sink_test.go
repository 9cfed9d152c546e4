package main

import (
	"os"
	"path/filepath"
	"testing"
)

func Test{{ Type }}(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	sink := &{{ type }}{}
	if err := sink.Configure(map[string]any{"path": path}); err != nil {
		t.Fatal(err)
	}
	ctx := newTestContext(t)
	if err := sink.Open(ctx); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{`[{"n":1},{"n":2}]`, `{"n":3}`} {
		if err := sink.Collect(ctx, []byte(row)); err != nil {
			t.Errorf("%s: %v", row, err)
		}
	}
	for _, text := range []string{"bare error text", "[1]", "null", ""} {
		if err := sink.Collect(ctx, []byte(text)); err == nil {
			t.Errorf("%q was taken for a row", text)
		}
	}
	if err := sink.Close(ctx); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"; string(got) != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
}
