package main

import "encoding/json"

// decodeSettings puts what eKuiper sends as settings into a struct with json tags; it matches
// names whatever their letter case and leaves out the settings of eKuiper's own.
func decodeSettings(props map[string]any, into any) error {
	data, err := json.Marshal(props)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
