package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// decodeRows decodes what Collect gets. eKuiper sends a JSON array, or one object when the rule
// says sendSingle. With sendError eKuiper 2.x also sends the bare text of an error, which is not
// JSON at all.
func decodeRows(data any) ([]map[string]any, error) {
	text, ok := data.([]byte)
	if !ok {
		return nil, fmt.Errorf("not a row: %v", data)
	}
	var rows []map[string]any
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		if err := json.Unmarshal(text, &rows); err != nil {
			return nil, fmt.Errorf("not a row: %.200s", text)
		}
		return rows, nil
	}
	var row map[string]any
	if err := json.Unmarshal(text, &row); err != nil || row == nil {
		return nil, fmt.Errorf("not a row: %.200s", text)
	}
	return append(rows, row), nil
}
