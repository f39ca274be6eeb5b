package local

import (
	"net"
	"testing"
)

func TestListen(t *testing.T) {
	for _, addr := range []string{"", "8888", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:-1", "no such host:1"} {
		l, err := Listen(addr, "127.0.0.1:8888")
		if (err == nil) != (addr == "") {
			t.Errorf("%q: %v", addr, err)
		}
		if err == nil {
			l.Close()
		}
	}
}

func TestExposed(t *testing.T) {
	for ip, want := range map[string]bool{"127.0.0.1": false, "127.0.0.9": false, "::1": false, "0.0.0.0": true, "::": true, "192.168.1.5": true} {
		if got := Exposed(&net.TCPAddr{IP: net.ParseIP(ip), Port: 8888}, "may look") != ""; got != want {
			t.Errorf("%s: a warning %v", ip, got)
		}
	}
}

// Which hosts a request may be for, by where lab listens.
func TestHosts(t *testing.T) {
	for _, c := range []struct {
		ip, asked, host string
		want            bool
	}{
		{"127.0.0.1", "", "127.0.0.1:8888", true},
		{"127.0.0.1", "", "localhost:8888", true},
		{"127.0.0.1", "", "[::1]:8888", true},
		{"127.0.0.1", "", "127.0.0.2:8888", false},
		{"127.0.0.2", "", "127.0.0.2:8888", true},
		{"127.0.0.1", "lab.test", "lab.test:8888", true},
		{"127.0.0.1", "", "lab.test:8888", false},
		{"192.168.1.5", "", "192.168.1.5:8888", true},
		{"192.168.1.5", "box", "BOX:8888", true},
		{"192.168.1.5", "", "localhost:8888", false},
		{"0.0.0.0", "0.0.0.0", "192.168.1.5:8888", true}, // numbers cannot be rebound
		{"0.0.0.0", "0.0.0.0", "[fe80::1]:8888", true},
		{"0.0.0.0", "0.0.0.0", "localhost:8888", true},
		{"0.0.0.0", "0.0.0.0", "evil.example:8888", false},
		{"0.0.0.0", "0.0.0.0", "127.0.0.1.evil.example:8888", false},
		{"127.0.0.1", "", "127.0.0.1", false},
		{"127.0.0.1", "", "", false},
		{"127.0.0.1", "", ":8888", false},
		{"127.0.0.1", "", "localhost:8888:8888", false},
		{"127.0.0.1", "", "[localhost]:8888", true}, // the same host, oddly written
	} {
		g := NewGuard(&net.TCPAddr{IP: net.ParseIP(c.ip), Port: 8888}, c.asked, 1, nil)
		if got := g.isOurHost(c.host); got != c.want {
			t.Errorf("listening at %s as %q, a request for %q: %v", c.ip, c.asked, c.host, got)
		}
	}
	g := NewGuard(&net.TCPAddr{IP: net.ParseIP("127.0.0.1"), Port: 80}, "", 1, nil)
	if !g.isOurHost("localhost") { // browsers leave port 80 out
		t.Error("port 80 is written")
	}
}
