// Package browsertest lets tests use pages in a real Chromium, as a person
// would: by mouse and by keys. Where there is no Chromium, such tests are
// skipped, and say so.
package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for what should come soon.
const patience = 30 * time.Second

// A Browser is a Chromium that runs.
type Browser struct {
	ctx context.Context
}

// Camera gives a browser a camera that sees the pictures of a file again and
// again: JPEG files, one behind the other. Its name ends in .mjpeg.
func Camera(file string) []chromedp.ExecAllocatorOption {
	return []chromedp.ExecAllocatorOption{
		chromedp.Flag("use-fake-ui-for-media-stream", true), // nobody is asked
		chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-video-capture", file),
	}
}

// Start starts a browser that ends with the test; the pages of its subtests
// share it. Without Chromium the test is skipped.
func Start(t testing.TB, more ...chromedp.ExecAllocatorOption) *Browser {
	t.Helper()
	path := executable()
	if path == "" {
		t.Skip("there is no Chromium here: install it (Debian: apt-get install chromium) to test the page")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(1280, 900),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("lang", "en-US"))
	if os.Geteuid() == 0 { // Chromium's sandbox needs another user
		options = append(options, chromedp.NoSandbox)
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		stop()
		end()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &Browser{ctx}
}

// executable looks for Chromium, or for what is made of it.
func executable() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// A Page is a page in a browser.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu        sync.Mutex
	errors    []string
	requests  []string
	tolerated []string
}

// Open opens an address, in a session of its own, as a private window has one.
// At the end of the test the page must not have written an error to its console,
// nor asked another host for anything.
func (b *Browser) Open(t testing.TB, address string) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	messages := chromedp.Console(ctx)
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == "error" {
				p.mu.Lock()
				p.errors = append(p.errors, fmt.Sprintf("%s (%s:%d)", m, m.URL, m.Line+1))
				p.mu.Unlock()
			}
		}
	}()
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.requests = append(p.requests, r.Request.URL)
			p.mu.Unlock()
		}
	}()
	t.Cleanup(func() { p.check(address) })
	p.Go(address)
	return p
}

// Tolerate says that an error with this text in it is part of the test.
func (p *Page) Tolerate(text string) { p.tolerated = append(p.tolerated, text) }

// check is the end of a test.
func (p *Page) check(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	home, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range slices.Compact(p.errors) {
		if !slices.ContainsFunc(p.tolerated, func(text string) bool { return strings.Contains(e, text) }) {
			p.t.Errorf("the page has an error: %s", e)
		}
	}
	for _, r := range p.requests {
		u, err := url.Parse(r)
		if err != nil || u.Host != home.Host && u.Scheme != "data" && u.Scheme != "blob" && u.Scheme != "about" {
			p.t.Errorf("the page asked for %s", r)
		}
	}
}

// do runs an action and fails the test with it.
func (p *Page) do(action chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, action); err != nil {
		p.t.Fatal(err)
	}
}

// Go opens another address.
func (p *Page) Go(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

// Reload opens the page anew.
func (p *Page) Reload() {
	p.t.Helper()
	p.do(chromedp.Reload())
}

// Eval returns what a piece of JavaScript comes to; a promise is waited for.
func Eval[T any](p *Page, js string) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", js, err)
	}
	return value
}

// Text returns the text of the first element that a selector finds.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return Eval[string](p, fmt.Sprintf("document.querySelector(%q)?.innerText ?? ''", selector))
}

// Wait waits until a piece of JavaScript comes to something true.
func (p *Page) Wait(js string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if Eval[bool](p, "Boolean("+js+")") {
			return
		}
		if time.Now().After(end) {
			p.Shot("failed")
			p.t.Fatalf("this did not come true in %v: %s\nthe page: %.2000s", patience, js, p.Text("body"))
		}
	}
}

// Pause lets the time pass that a person would let pass, where that matters.
func (p *Page) Pause(d time.Duration) {
	p.t.Helper()
	Eval[bool](p, fmt.Sprintf("new Promise((done) => setTimeout(done, %d, true))", d.Milliseconds()))
}

// WaitText waits until the first element that a selector finds has a text in it.
func (p *Page) WaitText(selector, text string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("document.querySelector(%q)?.innerText.includes(%q)", selector, text))
}

// Work is how long the page's thread has computed since the page was opened. It
// does not count the time in which other programs had the processor.
func (p *Page) Work() time.Duration {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	if err != nil {
		p.t.Fatal(err)
	}
	metrics, err := chromedp.Call(p.ctx, performance.GetMetrics, cdp.Empty{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, m := range metrics.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second))
		}
	}
	p.t.Fatal("Chromium does not say how long the page has computed")
	return 0
}

// Size makes the window so large, in CSS pixels.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// Dark turns the page dark, or light again.
func (p *Page) Dark(dark bool) {
	p.t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[dark]
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// Shot writes what the window shows into the folder that $RESLAB_SHOTS names,
// for a person to look at.
func (p *Page) Shot(name string) {
	p.t.Helper()
	p.keep(name+".png", chromedp.CaptureScreenshot())
}

// Print writes the page as it is printed, likewise.
func (p *Page) Print(name string) {
	p.t.Helper()
	p.keep(name+".pdf", chromedp.PrintToPDF())
}

func (p *Page) keep(name string, action chromedp.Action[[]byte]) {
	p.t.Helper()
	folder := os.Getenv("RESLAB_SHOTS")
	if folder == "" {
		return
	}
	data, err := chromedp.Run(p.ctx, action)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o666); err != nil {
		p.t.Fatal(err)
	}
}
