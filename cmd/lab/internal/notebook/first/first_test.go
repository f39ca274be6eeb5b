package first

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
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

// shared is MNIST for all tests.
var shared = onlyOnce(loadPictures)

// mnist skips a test where the pictures are not.
func mnist(t *testing.T) *pictures {
	t.Helper()
	p, err := shared()
	if err != nil {
		t.Skip(err)
	}
	return p
}

// serve serves the first page, with a learner of its own.
func serve(t *testing.T, c course) (*httptest.Server, *progress.Learner) {
	t.Helper()
	mnist(t)
	learner := progress.In(t.TempDir())
	mux := http.NewServeMux()
	mux.Handle("/", newHandler(learner, c, shared))
	mux.Handle("/static/", http.StripPrefix("/static/", page.Handler()))
	site := httptest.NewUnstartedServer(mux)
	site.Listener = &cutter{Listener: site.Listener}
	site.Start()
	t.Cleanup(site.Close)
	return site, learner
}

// cutter can cut all connections, sockets too.
type cutter struct {
	net.Listener
	lock  sync.Mutex
	conns []net.Conn
}

func (c *cutter) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.lock.Lock()
		c.conns = append(c.conns, conn)
		c.lock.Unlock()
	}
	return conn, err
}

func (c *cutter) cut() {
	c.lock.Lock()
	defer c.lock.Unlock()
	for _, conn := range c.conns {
		conn.Close()
	}
}
