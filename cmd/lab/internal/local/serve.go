package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/cli/browser"
)

// Header is how long a browser may take to say what it wants.
const Header = 10 * time.Second

// Serve answers by a handler until ctx ends. Base, from which the contexts of
// requests come, ends what they still do.
func Serve(ctx, base context.Context, listener net.Listener, handler http.Handler, header time.Duration) error {
	server := &http.Server{
		Handler:           handler,
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: header,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // a browser that went away is no news
	}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the page: %w", err)
	}
	return nil
}

// Show opens the browser. Where there is none, the address has been printed.
func Show(address string) {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenURL(address); err != nil {
		fmt.Fprintln(os.Stderr, "Open this address in a browser. Ctrl-C ends.")
	}
}
