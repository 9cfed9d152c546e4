package main

import (
	"context"
	"testing"

	"github.com/lf-edge/ekuiper/sdk/go/api"
)

// testContext is as much of eKuiper's context as the code here uses; add what yours needs.
type testContext struct {
	api.StreamContext
	running context.Context
}

// newTestContext gives a context that is cancelled when the test ends, as a stopped rule's is.
func newTestContext(t *testing.T) api.StreamContext {
	t.Helper()
	return testContext{running: t.Context()}
}

func (c testContext) Done() <-chan struct{} { return c.running.Done() }

func (c testContext) Err() error { return c.running.Err() }
