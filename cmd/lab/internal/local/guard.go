package local

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
)

// A Guard lets in who has the token, on the address that lab listens at, from
// its own pages. It stands before everything else.
//
// Any page that the learner has open may send requests to this machine, and any
// name may be made to point to it. So three things are asked for: a cookie that
// no other site's page can send; a Host that is ours, which a name that was
// rebound is not; and, where something is changed, an Origin that is ours.
type Guard struct {
	token string
	at    *net.TCPAddr
	port  string
	hosts []string // that a request may be for; nil: any address in numbers, and the machine's own name
	most  int64    // bytes of a request
	next  http.Handler
}

// NewGuard stands before a handler that listens at addr. Host is the name under
// which somebody asked for the address, if any; a request may have so many bytes
// at most.
func NewGuard(addr net.Addr, host string, most int64, next http.Handler) *Guard {
	at := addr.(*net.TCPAddr)
	g := &Guard{token: rand.Text(), at: at, port: fmt.Sprint(at.Port), most: most, next: next}
	switch {
	case at.IP.IsLoopback():
		g.hosts = []string{"localhost", "127.0.0.1", "::1", at.IP.String(), host}
	case !at.IP.IsUnspecified():
		g.hosts = []string{at.IP.String(), host}
	}
	return g
}

// Address is where the page at a path is opened for the first time, with the
// token.
func (g *Guard) Address(path string) string {
	host := g.at.IP
	if host.IsUnspecified() {
		host = net.IPv4(127, 0, 0, 1)
	}
	to := url.URL{Scheme: "http", Host: net.JoinHostPort(host.String(), g.port), Path: path, RawQuery: "token=" + g.token}
	return to.String()
}

// Cookie is what a browser has that was let in. Its name has the port: a cookie
// is for all ports of a host, and two labs must not fight over it.
func (g *Guard) Cookie() *http.Cookie {
	return &http.Cookie{Name: "reslab-" + g.port, Value: g.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

// ServeHTTP answers what is refused, and hands on the rest.
func (g *Guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	switch {
	case !g.isOurHost(r.Host):
		http.Error(w, "This address is not the one that lab listens at. Use the one that it printed.", http.StatusForbidden)
	case needsOrigin(r) && !g.isFromOurPage(r):
		http.Error(w, "Only pages of this lab may do that.", http.StatusForbidden)
	case r.URL.Query().Has("token"):
		g.enter(w, r)
	case !g.hasCookie(r):
		http.Error(w, "Lab does not know this browser. Open the address that it printed when it started, with its token.", http.StatusForbidden)
	default:
		r.Body = http.MaxBytesReader(w, r.Body, g.most)
		g.next.ServeHTTP(w, r)
	}
}

// needsOrigin tells what a browser sends with an Origin always: whatever changes
// something, and sockets.
func needsOrigin(r *http.Request) bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Upgrade") != ""
}

func (g *Guard) isOurHost(hostport string) bool {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		host, port = strings.Trim(hostport, "[]"), "80"
	}
	if port != g.port || host == "" {
		return false
	}
	for _, ours := range g.hosts {
		if strings.EqualFold(host, ours) {
			return true
		}
	}
	if g.hosts != nil {
		return false
	}
	_, err = netip.ParseAddr(host) // numbers cannot be rebound
	self, _ := os.Hostname()
	return err == nil || strings.EqualFold(host, "localhost") || strings.EqualFold(host, self)
}

// isFromOurPage tells whether one of our pages sends a request. A browser names
// no Origin with a form of a page that forbids referrers, as ours do; then it
// says in Sec-Fetch-Site, which no page can set, whose form it is.
func (g *Guard) isFromOurPage(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "null" && r.Header.Get("Upgrade") == "" {
		return r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	host, ok := strings.CutPrefix(origin, "http://")
	return ok && g.isOurHost(host)
}

// enter takes the token from the address and leaves a cookie in its place.
func (g *Guard) enter(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if !g.isToken(query.Get("token")) {
		http.Error(w, "The token in this address is not the one of the lab that runs now. Open the address that it printed when it started.", http.StatusForbidden)
		return
	}
	http.SetCookie(w, g.Cookie())
	query.Del("token")
	to := *r.URL
	to.Scheme, to.Host, to.RawQuery = "", "", query.Encode()
	to.Path, to.RawPath = "/"+strings.TrimLeft(to.Path, `/\`), "" // a path, and no other host
	http.Redirect(w, r, to.String(), http.StatusSeeOther)
}

func (g *Guard) hasCookie(r *http.Request) bool {
	for _, c := range r.CookiesNamed(g.Cookie().Name) {
		if g.isToken(c.Value) {
			return true
		}
	}
	return false
}

func (g *Guard) isToken(s string) bool {
	return subtle.ConstantTimeCompare([]byte(s), []byte(g.token)) == 1
}

// policy is what a page of lab may load and do: nothing from elsewhere, and no
// script that stands in a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}
