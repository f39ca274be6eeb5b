package notebook

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"reslab/cmd/lab/internal/terminal"
)

// DefaultAddr is where lab listens unless told otherwise.
const DefaultAddr = "127.0.0.1:8888"

// mostPorts is how many ports are tried when the first is taken.
const mostPorts = 50

// listen listens at an address; at the first free port from the default's on if
// none is given.
func listen(addr string) (net.Listener, error) {
	if addr != "" {
		return listenAt(addr)
	}
	first := netip.MustParseAddrPort(DefaultAddr)
	for i := range mostPorts {
		if l, err := net.Listen("tcp", netip.AddrPortFrom(first.Addr(), first.Port()+uint16(i)).String()); err == nil {
			return l, nil
		}
	}
	return listenAt(netip.AddrPortFrom(first.Addr(), 0).String()) // whatever the system has
}

func listenAt(addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, terminal.Usage("%q is no address: write --addr as %s", addr, DefaultAddr)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, terminal.Usage("%q is no port: it is a number up to 65535, as in %s", port, DefaultAddr)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen at %s (%w): another lab may be there; choose another port, or leave --addr out to take one that is free", addr, reason(err))
	}
	return l, nil
}

// reason is what the system said.
func reason(err error) error {
	if at, ok := err.(*net.OpError); ok {
		return at.Err
	}
	return err
}

// hostOf is the name or address that somebody asked for, as far as there is one.
func hostOf(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	return host
}

// exposed warns where other machines reach the address; empty where none does.
func exposed(addr net.Addr) string {
	if at, ok := addr.(*net.TCPAddr); ok && at.IP.IsLoopback() {
		return ""
	}
	return fmt.Sprintf("Careful: other machines reach %s. Who has the address below, with its token, runs programs here as you; and what passes is not encrypted.", addr)
}
