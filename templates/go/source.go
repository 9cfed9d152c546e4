package main

import (
	"fmt"
	"time"

	"github.com/lf-edge/ekuiper/sdk/go/api"
)

// {{ type }} is the source {{ symbol }}: it sends a row at a fixed interval.
// There is one for every rule; its settings come from sources/{{ symbol }}.yaml.
type {{ type }} struct {
	Datasource string  `json:"datasource"`
	Message    string  `json:"message"`
	Interval   float64 `json:"interval"`
}

// Configure reads the settings; the error it returns is the error of the rule.
func (s *{{ type }}) Configure(datasource string, props map[string]any) error {
	s.Message, s.Interval = "hello", 1000
	if err := decodeSettings(props, s); err != nil {
		return fmt.Errorf("{{ symbol }}: %w", err)
	}
	if s.Interval <= 0 {
		return fmt.Errorf("{{ symbol }}: interval must be a number of milliseconds, not %v", s.Interval)
	}
	// eKuiper 2.x puts the stream's DATASOURCE into props and leaves the argument empty.
	if datasource != "" {
		s.Datasource = datasource
	}
	return nil
}

// Open runs in a goroutine of its own until the rule stops.
func (s *{{ type }}) Open(ctx api.StreamContext, consumer chan<- api.SourceTuple, _ chan<- error) {
	ticker := time.NewTicker(time.Duration(s.Interval * float64(time.Millisecond)))
	defer ticker.Stop()
	for number := 1; ; number++ {
		row := map[string]any{"datasource": s.Datasource, "message": s.Message, "number": number}
		select {
		case consumer <- api.NewDefaultSourceTuple(row, nil):
		case <-ctx.Done():
			return
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// Close is called when the rule stops.
func (s *{{ type }}) Close(_ api.StreamContext) error {
	return nil
}
