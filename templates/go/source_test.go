package main

import (
	"reflect"
	"testing"

	"github.com/lf-edge/ekuiper/sdk/go/api"
)

func Test{{ Type }}SendsRowsAsConfigured(t *testing.T) {
	source := &{{ type }}{}
	settings := map[string]any{"datasource": "topic", "message": "hi", "interval": 1.0}
	if err := source.Configure("", settings); err != nil {
		t.Fatal(err)
	}
	ctx := newTestContext(t)
	rows := make(chan api.SourceTuple)
	go source.Open(ctx, rows, nil)
	for number := 1; number <= 2; number++ {
		want := map[string]any{"datasource": "topic", "message": "hi", "number": number}
		if got := (<-rows).Message(); !reflect.DeepEqual(got, want) {
			t.Errorf("row %d is %v, want %v", number, got, want)
		}
	}
}

func Test{{ Type }}RefusesAnIntervalThatIsNoNumber(t *testing.T) {
	for _, interval := range []any{0, -1, "1000"} {
		if err := (&{{ type }}{}).Configure("", map[string]any{"interval": interval}); err == nil {
			t.Errorf("interval %#v was accepted", interval)
		}
	}
}
