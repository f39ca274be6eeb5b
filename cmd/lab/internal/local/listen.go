package local

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"reslab/cmd/lab/internal/terminal"
)

// mostPorts is how many ports are tried when the first is taken.
const mostPorts = 50

// Listen listens at an address; at the first free port from that of usual on if
// none is given.
func Listen(addr, usual string) (net.Listener, error) {
	if addr != "" {
		return listenAt(addr, usual)
	}
	first := netip.MustParseAddrPort(usual)
	for i := range mostPorts {
		if l, err := net.Listen("tcp", netip.AddrPortFrom(first.Addr(), first.Port()+uint16(i)).String()); err == nil {
			return l, nil
		}
	}
	return listenAt(netip.AddrPortFrom(first.Addr(), 0).String(), usual) // whatever the system has
}

func listenAt(addr, usual string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, terminal.Usage("%q is no address: write --addr as %s", addr, usual)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, terminal.Usage("%q is no port: it is a number up to 65535, as in %s", port, usual)
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

// HostOf is the name or address that somebody asked for, as far as there is one.
func HostOf(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	return host
}

// Exposed warns where other machines reach the address, and says what who opens
// it may do; empty where none does.
func Exposed(addr net.Addr, may string) string {
	if at, ok := addr.(*net.TCPAddr); ok && at.IP.IsLoopback() {
		return ""
	}
	return fmt.Sprintf("Careful: other machines reach %s. Who has the address below, with its token, %s; and what passes is not encrypted.", addr, may)
}
