package notebook

import (
	"net/http"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/pagetest"
)

// A page of another site opens our socket, or sends us a form.
func TestForeignOrigin(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook("x := 1"))
	port := s.url[strings.LastIndex(s.url, ":"):]
	for _, origin := range []string{"", "null", "http://evil.example", "https://127.0.0.1" + port, "http://127.0.0.1", "http://127.0.0.1:1", "http://127.0.0.1" + port + ".evil.example", "http://evil.example" + port, "file://"} {
		header := http.Header{"Cookie": {s.server.guard.Cookie().Name + "=" + s.server.guard.Cookie().Value}}
		if origin != "" {
			header.Set("Origin", origin)
		}
		connection, answer, err := s.dial("file/net.md", "", header)
		if err == nil {
			connection.CloseNow()
			t.Errorf("a socket for a page of %q", origin)
		} else if answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("a page of %q: %v", origin, answer)
		}
		for _, path := range places {
			for _, sent := range []string{"", "cross-site", "same-site", "none"} {
				r, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader("x=1"))
				if err != nil {
					t.Fatal(err)
				}
				if answer := s.do(r, func(r *http.Request) {
					r.Header = header.Clone()
					r.Header.Set("Sec-Fetch-Site", sent)
				}); answer.StatusCode != http.StatusForbidden {
					t.Errorf("a form of %q, %q, to %s: %s", origin, sent, path, answer.Status)
				}
			}
		}
	}
	r, err := http.NewRequest(http.MethodPost, s.url+"/lessons", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer := s.do(r, func(r *http.Request) { // a form of our own: a browser sends no Origin, because our pages forbid referrers
		r.Header.Set("Origin", "null")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}); answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a form of our own is answered with %s", answer.Status)
	}
	s.checkServes()
}

// A name of another site's is made to point to this machine (DNS rebinding).
func TestForeignHost(t *testing.T) {
	s := serve(t)
	port := s.url[strings.LastIndex(s.url, ":"):]
	for _, host := range []string{"evil.example" + port, "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example" + port, "localhost.evil.example" + port, "192.168.0.1" + port, "0.0.0.0" + port, port, "@127.0.0.1" + port} {
		for _, path := range append(places, "/?token="+s.server.guard.Cookie().Value) {
			answer := s.get(path, func(r *http.Request) { r.Host = host })
			if answer.StatusCode != http.StatusForbidden && answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s for %s: %s", path, host, answer.Status)
			}
			if len(answer.Cookies()) > 0 {
				t.Errorf("%s for %s: it gets the cookie", path, host)
			}
		}
	}
	for _, host := range []string{"localhost" + port, "LOCALHOST" + port, "[::1]" + port} {
		if answer := s.get("/lesson/02", func(r *http.Request) { r.Host = host }); answer.StatusCode != http.StatusOK {
			t.Errorf("for %s: %s", host, answer.Status)
		}
	}
	s.checkServes()
}

// Somebody else on this machine asks without the token, or guesses.
func TestWrongToken(t *testing.T) {
	s := serve(t)
	s.write("net.md", pagetest.Notebook("x := 1"))
	name, token := s.server.guard.Cookie().Name, s.server.guard.Cookie().Value
	for _, cookie := range []string{"", name + "=", name + "=" + token[1:], name + "=" + strings.ToLower(token), "reslab-1=" + token, "token=" + token} {
		for _, path := range places {
			answer := s.get(path, func(r *http.Request) {
				r.Header.Set("Cookie", cookie)
				r.Header.Set("Origin", s.url)
			})
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with the cookie %q: %s", path, cookie, answer.Status)
			}
		}
	}
	for _, query := range []string{"?token=", "?token=" + token + "x", "?token=" + token[:len(token)-1], "?Token=" + token, "?token=x&token=" + token} {
		if answer := s.get("/lesson/02"+query, func(r *http.Request) { r.Header.Del("Cookie") }); answer.StatusCode != http.StatusForbidden || len(answer.Cookies()) > 0 {
			t.Errorf("%s: %s, %v", query, answer.Status, answer.Cookies())
		}
	}
	s.checkServes()
}

// The token leaves the address, and the cookie goes to nobody else; no address
// leads to another site.
func TestTokenBecomesCookie(t *testing.T) {
	s := serve(t)
	for path, want := range map[string]string{
		"/lesson/02?token=T":           "/lesson/02",
		"/file/a.md?x=1&token=T":       "/file/a.md?x=1",
		"//evil.example/?token=T":      "/evil.example/",
		"/%2Fevil.example?token=T":     "/evil.example",
		"/\\evil.example/?token=T":     "/evil.example/",
		"///evil.example/%2e?token=T":  "/evil.example",
		"/lesson/02?token=T&token=bad": "/lesson/02",
	} {
		answer := s.get("/", func(r *http.Request) {
			r.URL.Opaque = "//" + r.URL.Host + strings.ReplaceAll(strings.ReplaceAll(path, "token=T", "token="+s.server.guard.Cookie().Value), `\`, "%5C")
			r.Header.Del("Cookie")
		})
		to := answer.Header.Get("Location")
		if before, _, _ := strings.Cut(to, "#"); answer.StatusCode != http.StatusSeeOther || before != want {
			t.Errorf("%s leads to %q, %s; not %s", path, to, answer.Status, want)
		}
		cookie := answer.Header.Get("Set-Cookie")
		if !strings.HasPrefix(cookie, s.server.guard.Cookie().Name+"=") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
			t.Errorf("the cookie is %q", cookie)
		}
	}
}

// What every answer says to the browser, refusals and files too.
func TestHeaders(t *testing.T) {
	s := serve(t)
	for _, path := range append(places, "/?token=bad") {
		answer := s.get(path, func(*http.Request) {})
		for name, want := range map[string]string{
			"Content-Security-Policy":      "default-src 'none'; script-src 'self';",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := answer.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'; base-uri 'none'; form-action 'self'") || strings.Contains(policy, "script-src 'self' ") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
}
