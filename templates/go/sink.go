package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"

	"github.com/lf-edge/ekuiper/sdk/go/api"
)

// {{ type }} is the sink {{ symbol }}: it appends rows to a file, one JSON object a line, or logs them.
// There is one for every rule; its settings come from the rule's action.
type {{ type }} struct {
	Path string `json:"path"`
}

// Configure reads the settings; the error it returns is the error of the rule.
func (s *{{ type }}) Configure(props map[string]any) error {
	if err := decodeSettings(props, s); err != nil {
		return fmt.Errorf("{{ symbol }}: %w", err)
	}
	return nil
}

// Open is called once before the first row.
func (s *{{ type }}) Open(_ api.StreamContext) error {
	return nil
}

// Collect is called with every row; the SDK logs the error it returns and goes on.
func (s *{{ type }}) Collect(ctx api.StreamContext, data any) error {
	if ctx.Err() != nil {
		// After the rule has stopped, the SDK (v2.4.0) calls Collect with nothing, in a loop
		// without end that keeps a CPU busy. This ends the goroutine of that loop.
		runtime.Goexit()
	}
	rows, err := decodeRows(data)
	if err != nil {
		return fmt.Errorf("{{ symbol }}: %w", err)
	}
	for _, row := range rows {
		if err := s.write(ctx, row); err != nil {
			return fmt.Errorf("{{ symbol }}: %w", err)
		}
	}
	return nil
}

// Close is called when the rule stops.
func (s *{{ type }}) Close(_ api.StreamContext) error {
	return nil
}

func (s *{{ type }}) write(ctx api.StreamContext, row map[string]any) error {
	line, err := json.Marshal(row)
	if err != nil {
		return err
	}
	if s.Path == "" {
		ctx.GetLogger().Infof("{{ symbol }}: %s", line)
		return nil
	}
	file, err := os.OpenFile(s.Path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
