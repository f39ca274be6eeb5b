package first

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"reslab/cmd/lab/internal/notebook/page"
	"reslab/cmd/lab/internal/progress"
)

// seeds makes one seed after the other.
func seeds(first uint64) func() uint64 {
	return func() uint64 {
		first++
		return first - 1
	}
}

// serve serves the first page, with a learner of its own.
func serve(t *testing.T, c course) (*httptest.Server, *progress.Learner) {
	t.Helper()
	if _, err := loadPictures(); err != nil {
		t.Skip(err)
	}
	learner := progress.In(t.TempDir())
	mux := http.NewServeMux()
	mux.Handle("/", newHandler(learner, c))
	mux.Handle("/static/", http.StripPrefix("/static/", page.Handler()))
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	return site, learner
}
