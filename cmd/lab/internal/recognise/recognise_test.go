package recognise

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/ink"
	"reslab/experiments/train"
	"reslab/nn/data"
	"reslab/viz"
)

func TestSameAsClassify(t *testing.T) {
	files := photos(t)
	for _, channels := range []int{1, 3} {
		net := randomNet(t, channels, garden)
		s := serve(t, net)
		said, err := train.Classify(t.Context(), train.ClassifyJob{Weights: net, Images: files, Top: likeliest, Explain: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range said {
			content, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			got := s.ask("/picture", content)
			if want.Error != "" || !reflect.DeepEqual(got.Top, want.Top) {
				t.Errorf("%s: the page says %v, classify %v %s", want.Image, got.Top, want.Top, want.Error)
			}
			if !samePicture(t, got.Seen, want.Seen) || !samePicture(t, got.Speaks[0].Picture, viz.Overlay(want.Seen, want.Map)) {
				t.Errorf("%s: the pictures differ from those of classify --explain", want.Image)
			}
			if len(got.Speaks) != likeliest || got.Width != 28 || got.Height != 28 {
				t.Errorf("%s: %d classes explained, at %dx%d", want.Image, len(got.Speaks), got.Width, got.Height)
			}
		}
	}
}

func samePicture(t *testing.T, file []byte, want image.Image) bool {
	t.Helper()
	got, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return slices.Equal(data.FromImage(got).Pixels, data.FromImage(want).Pixels)
}

// One class alone is explained where one is asked for, be it likely or not.
func TestExplainOne(t *testing.T) {
	s := serve(t, randomNet(t, 3, garden))
	photo := pngOf(t, data.Photo("bee", 40).Image())
	all := s.ask("/picture", photo)
	for _, want := range all.Speaks {
		one := s.ask("/picture?explain="+strconv.Itoa(want.Index), photo)
		if !reflect.DeepEqual(one.Speaks, []speaks{want}) || want.Label != garden[want.Index] {
			t.Errorf("class %d alone: %d pictures, of another look", want.Index, len(one.Speaks))
		}
	}
	if first := s.ask("/picture?explain=first", photo); !reflect.DeepEqual(first.Speaks, all.Speaks[:1]) {
		t.Error("the first is another one")
	}
	if none := s.ask("/picture?explain=none", photo); len(none.Speaks) != 0 || !reflect.DeepEqual(none.Top, all.Top) {
		t.Errorf("explaining nothing it has %d pictures, and says %v", len(none.Speaks), none.Top)
	}
}

// seven is a drawing as the pad sends it.
func seven(top, left int) []byte {
	drawing := make([]byte, ink.Size*ink.Size)
	for i := range 36 {
		for pen := range 4 {
			drawing[(top+pen)*ink.Size+left+i] = 255
			drawing[(top+i)*ink.Size+left+35-i/2+pen] = 255
		}
	}
	return drawing
}

// A drawing becomes what MNIST's digits are, wherever it stands on the pad.
func TestDrawing(t *testing.T) {
	file := randomNet(t, 1, digits)
	s := serve(t, file)
	a := s.ask("/drawing", seven(20, 20))
	digit, err := ink.Digit(seven(20, 20))
	if err != nil {
		t.Fatal(err)
	}
	if !samePicture(t, a.Seen, digit.Image()) {
		t.Error("the net does not see the digit as it is centred")
	}
	classifier, err := train.OpenClassifier(file, "", false)
	if err != nil {
		t.Fatal(err)
	}
	if want, err := classifier.Name(digit, likeliest); err != nil || !reflect.DeepEqual(a.Top, want) {
		t.Errorf("the page says %v, the net %v, %v", a.Top, want, err)
	}
	if corner := s.ask("/drawing", seven(0, 1)); !reflect.DeepEqual(corner, a) {
		t.Error("in the corner it is another one")
	}
	if blank := s.ask("/drawing", make([]byte, ink.Size*ink.Size)); len(blank.Top) != 0 {
		t.Errorf("without ink it says %v", blank.Top)
	}
}

func TestRefuses(t *testing.T) {
	s := serve(t, randomNet(t, 3, garden))
	photo := pngOf(t, data.Photo("bee", 40).Image())
	bomb := pngOf(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	copy(bomb[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // its header promises 65536 x 65536 pixels
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for name, c := range map[string]struct {
		path   string
		body   []byte
		change func(r *http.Request)
		status int
		says   string
	}{
		"no token":          {"/picture", photo, func(r *http.Request) { r.Header.Del("Cookie") }, http.StatusForbidden, "Open the address that it printed"},
		"another site":      {"/picture", photo, func(r *http.Request) { r.Header.Set("Origin", "http://elsewhere.example") }, http.StatusForbidden, "Only pages of this lab"},
		"no origin":         {"/picture", photo, func(r *http.Request) { r.Header.Del("Origin") }, http.StatusForbidden, "Only pages of this lab"},
		"another name":      {"/picture", photo, func(r *http.Request) { r.Host = "elsewhere.example" }, http.StatusForbidden, "not the one that lab listens at"},
		"no picture":        {"/picture", []byte("no picture"), nil, http.StatusUnprocessableEntity, "this is no PNG, JPEG, GIF or WebP picture"},
		"nothing":           {"/picture", nil, nil, http.StatusUnprocessableEntity, "this is no PNG"},
		"half a picture":    {"/picture", photo[:len(photo)/2], nil, http.StatusUnprocessableEntity, "cut short"},
		"too many pixels":   {"/picture", bomb, nil, http.StatusUnprocessableEntity, "too many to read"},
		"too large":         {"/picture", make([]byte, mostBytes+1), nil, http.StatusRequestEntityTooLarge, "the file has more than 64 MB"},
		"no such class":     {"/picture?explain=6", photo, nil, http.StatusUnprocessableEntity, `no class "6"`},
		"no class":          {"/picture?explain=rose", photo, nil, http.StatusUnprocessableEntity, `no class "rose"`},
		"half a drawing":    {"/drawing", make([]byte, 100), nil, http.StatusUnprocessableEntity, "a drawing has 7056 pixels, not 100"},
		"no other address":  {"/elsewhere", photo, nil, http.StatusNotFound, "not found"},
		"a page is no file": {"/recognise/page.html", nil, func(r *http.Request) { r.Method = "GET" }, http.StatusNotFound, "not found"},
	} {
		r := s.request("POST", c.path, bytes.NewReader(c.body))
		if c.change != nil {
			c.change(r)
		}
		if status, text := s.do(r); status != c.status || !strings.Contains(text, c.says) || strings.Count(text, "\n") > 1 {
			t.Errorf("%s: %d, %s", name, status, text)
		}
	}
	if a := s.ask("/picture", photo); len(a.Top) != likeliest {
		t.Errorf("after all that it says %v", a.Top)
	}
}

// Who has gone does not get a turn; who waits gets one.
func TestDropsWhatNobodyWaitsFor(t *testing.T) {
	s := serve(t, randomNet(t, 3, garden))
	photo := pngOf(t, data.Photo("bee", 40).Image())
	s.turn <- struct{}{} // the net is busy
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan *httptest.ResponseRecorder, 1)
	go func() {
		w := httptest.NewRecorder()
		s.guard.ServeHTTP(w, s.request("POST", "/picture", bytes.NewReader(photo)).WithContext(ctx))
		gone <- w
	}()
	waits := make(chan answer, 1)
	go func() { waits <- s.ask("/picture", photo) }()
	leave()
	if w := <-gone; w.Body.Len() > 0 {
		t.Errorf("the one who left got %s while the net was busy", w.Body)
	}
	select {
	case <-waits:
		t.Error("the one who waits got an answer while the net was busy")
	default:
	}
	<-s.turn
	if a := <-waits; len(a.Top) != likeliest {
		t.Errorf("the one who waited got %v", a.Top)
	}
}

// The page says what the net knows, as far as that is known.
func TestAbout(t *testing.T) {
	plain := randomNet(t, 3, garden)
	run := randomNet(t, 1, digits)
	result := `{"model": "resnet20", "data": "/pictures/mnist", "images": 10000, "top1": 0.9876}`
	if err := os.WriteFile(filepath.Join(filepath.Dir(run), "result.json"), []byte(result), 0o666); err != nil {
		t.Fatal(err)
	}
	many := make([]string, 100)
	for i := range many {
		many[i] = "kind <" + strconv.Itoa(i) + ">"
	}
	for name, c := range map[string]struct {
		file      string
		has, lack []string
	}{
		"a file":       {plain, []string{"resnet20 tells 6 classes apart:", "<b>rose</b>, <b>tulip</b>", "It always says one of these"}, []string{"In its test", "id=\"pad\"", "data-draws"}},
		"a run":        {filepath.Dir(run), []string{"resnet20, trained on mnist, tells 10 classes apart", "In its test it named 98.8 % of 10,000 pictures right", "data-draws", "id=\"pad\"", "bright digits on black"}, []string{"/pictures"}},
		"many classes": {randomNet(t, 3, many), []string{"All 100", "kind &lt;99&gt;"}, []string{"<b>kind"}},
	} {
		s := serve(t, c.file)
		status, text := s.do(s.request("GET", "/", nil))
		if status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		words := strings.Join(strings.Fields(text), " ")
		for _, part := range c.has {
			if !strings.Contains(words, part) {
				t.Errorf("%s: the page does not say %q", name, part)
			}
		}
		for _, part := range c.lack {
			if strings.Contains(words, part) {
				t.Errorf("%s: the page says %q", name, part)
			}
		}
	}
}

// The first line has the address with its token; told to stop, it ends well.
func TestCommand(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	ended := make(chan error, 1)
	file := randomNet(t, 3, garden)
	go func() {
		ended <- Command{Weights: file, Addr: "127.0.0.1:0", NoBrowser: true}.Run(ctx, write)
	}()
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := (&http.Client{Jar: jar}).Get(strings.TrimSpace(address))
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	if body, err := io.ReadAll(reply.Body); err != nil || !strings.Contains(string(body), "What is this?") {
		t.Errorf("%s: %v, %.100s", reply.Status, err, body)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := (Command{Weights: "nowhere", NoBrowser: true}).Run(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "there is no nowhere") {
		t.Errorf("without weights: %v", err)
	}
}
