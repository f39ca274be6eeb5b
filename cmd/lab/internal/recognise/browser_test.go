package recognise

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"reslab/cmd/lab/internal/notebook/browsertest"
	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/experiments/train"
	"reslab/nn/data"
)

// axe is there where npm brought it.
var axe = filepath.Join("..", "notebook", "page", "node_modules", "axe-core", "axe.min.js")

// bars are what the page shows: names with shares, the likeliest first.
func bars(p *browsertest.Page) []string {
	return browsertest.Eval[[]string](p, `[...document.querySelectorAll(".guess:not([hidden])")].map((e) => e.innerText.trim().replace(/\s*\n\s*/g, " "))`)
}

// written is how the page writes what a net says.
func written(top []train.Guess) (lines []string) {
	for _, guess := range top {
		share := fmt.Sprintf("%.1f %%", 100*guess.P)
		switch {
		case guess.P > 0.9995:
			share = "> 99.9 %"
		case guess.P < 0.0005:
			share = "< 0.1 %"
		}
		lines = append(lines, guess.Label+" "+share)
	}
	return lines
}

func write(t *testing.T, name string, content []byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// A learner drops a picture, asks what speaks for the second name, drops a file
// that is none, and turns the camera on and off.
func TestPictureInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	var film bytes.Buffer
	if err := jpeg.Encode(&film, data.Photo("tulip", 320).Image(), nil); err != nil {
		t.Fatal(err)
	}
	b := browsertest.Start(t, browsertest.Camera(write(t, "tulip.mjpeg", bytes.Repeat(film.Bytes(), 2)))...)
	file := randomNet(t, 3, garden)
	s := serve(t, file)
	p := b.Open(t, s.Address())
	if browsertest.Eval[bool](p, `document.querySelector("#answer:not(.empty), #seen:not([hidden])") !== null`) {
		t.Error("before anything is shown there is an answer")
	}

	p.Axe(axe, "empty")

	photo := write(t, "bee.png", pngOf(t, data.Photo("bee", 96).Image()))
	said, err := train.Classify(t.Context(), train.ClassifyJob{Weights: file, Images: []string{photo}, Top: likeliest})
	if err != nil {
		t.Fatal(err)
	}
	top := said[0].Top
	p.Drop("#stage", photo)
	p.WaitText("#rate", "answered in")
	if got := bars(p); !reflect.DeepEqual(got, written(top)) || p.Text("#named") != top[0].Label || p.Text("#for") != top[0].Label {
		t.Errorf("the page says %q and names it %s, classify %v", got, p.Text("#named"), top)
	}
	for _, dark := range []bool{true, false} {
		p.Dark(dark)
		p.Axe(axe, fmt.Sprintf("with a picture, dark %v", dark))
	}
	p.Shot("recognise-picture")
	const seen = `document.getElementById("seen").src`
	first := browsertest.Eval[string](p, seen)
	p.Click(".guess:nth-of-type(2)")
	p.WaitText("#for", top[1].Label)
	second := browsertest.Eval[string](p, seen)
	p.Press("ArrowDown")
	p.WaitText("#for", top[2].Label)
	p.Click("#places")
	if plain := browsertest.Eval[string](p, seen); first == second || plain == second || plain == first {
		t.Error("the picture is the same for two classes, or with and without the places")
	}

	p.Tolerate("422")
	p.Drop("#stage", write(t, "notes.png", []byte("no picture")))
	p.WaitText("#problem", "notes.png: this is no PNG, JPEG, GIF or WebP picture.")
	p.Wait(`document.querySelector("#answer.empty") && document.getElementById("seen").hidden`)

	p.Click("#camera")
	p.WaitText("#rate", "pictures a second")
	p.Wait(`document.getElementById("problem").hidden`)
	if got := bars(p); len(got) != likeliest {
		t.Errorf("of what the camera sees the page says %q", got)
	}
	p.Wait(`!document.getElementById("places").checked && document.getElementById("seen").alt === "the picture as the net sees it"`)
	p.Click("#places")
	p.Wait(`document.getElementById("seen").alt.includes("speak for")`)
	p.Shot("recognise-camera")
	p.Click("#take")
	p.WaitText("#rate", "answered in")
	if browsertest.Eval[bool](p, `document.getElementById("video").srcObject !== null`) {
		t.Error("the picture is taken, and the camera is still on")
	}
	p.Click("#camera")
	p.WaitText("#rate", "pictures a second")
	p.Click("#off")
	p.Wait(`document.querySelector("#answer.empty") && document.getElementById("video").srcObject === null`)
}

// recorder keeps the last drawing that a page sent.
type recorder struct {
	http.Handler
	drawing atomic.Pointer[[]byte]
}

func (h *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/drawing" {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		h.drawing.Store(&body)
	}
	h.Handler.ServeHTTP(w, r)
}

// A digit is drawn by mouse, and by a finger; the bars are what the net says of the
// drawing that came.
func TestDigitInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	b := browsertest.Start(t)
	classifier, err := train.OpenClassifier(randomNet(t, 1, digits), "", true)
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewUnstartedServer(nil)
	s := New(classifier, "digits", site.Listener.Addr(), "")
	h := &recorder{Handler: s.guard}
	site.Config.Handler = h
	site.Start()
	t.Cleanup(site.Close)
	p := b.Open(t, s.Address())
	p.WaitText("#pad-hint", "Draw a digit here")
	check := func() {
		t.Helper()
		p.Wait(`!document.querySelector("#answer.empty")`)
		for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			digit, err := ink.Digit(*h.drawing.Load())
			if err != nil {
				t.Fatal(err)
			}
			var want []train.Guess
			if digit != nil { // nil is what was cleared
				if want, err = classifier.Name(digit, likeliest); err != nil {
					t.Fatal(err)
				}
			}
			got := bars(p)
			if digit != nil && reflect.DeepEqual(got, written(want)) {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("the page says %q, the net %v", got, want)
			}
		}
	}
	p.Drag("#pad", browsertest.Spot{X: 0.3, Y: 0.2}, browsertest.Spot{X: 0.7, Y: 0.2}, browsertest.Spot{X: 0.5, Y: 0.5}, browsertest.Spot{X: 0.4, Y: 0.85})
	check()
	p.Axe(axe, "with a digit")
	p.Shot("recognise-digit")
	p.Click("#clear")
	p.Wait(`document.querySelector("#answer.empty")`)
	p.Size(390, 800)
	p.Touch("#pad", browsertest.Spot{X: 0.5, Y: 0.2}, browsertest.Spot{X: 0.5, Y: 0.5}, browsertest.Spot{X: 0.5, Y: 0.8})
	check()
	if over := browsertest.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		t.Errorf("the page is %d too wide", over)
	}
	p.Click("#camera") // this browser has none
	p.WaitText("#problem", "camera")
	p.Wait(`document.getElementById("stage").dataset.mode === "pad"`)
}
