package recognise

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"net"
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
	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
	"reslab/viz"
)

var (
	digits = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	garden = []string{"rose", "tulip", "bee", "ant", "oak", "fern"}
)

// randomNet writes the weights of a net that has learned nothing, and returns the file. What it
// says of a picture is as definite as what any other says.
func randomNet(t testing.TB, channels int, classes []string) string {
	t.Helper()
	model := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: channels, Classes: len(classes)})
	nn.Init(model, 3, nn.HeFanIn)
	meta := weights.Metadata{Model: "resnet20", Input: []int{28, 28, channels}, Classes: classes}
	for range channels {
		meta.Mean, meta.Std = append(meta.Mean, 0.4), append(meta.Std, 0.3)
	}
	path := filepath.Join(t.TempDir(), "model.safetensors")
	if err := weights.Save(path, model, meta); err != nil {
		t.Fatal(err)
	}
	return path
}

// site is a server that runs.
type site struct {
	*Server
	t   testing.TB
	url string
}

func serve(t testing.TB, file string) *site {
	t.Helper()
	classifier, err := train.OpenClassifier(file, "", true)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Server: New(classifier, file, listener.Addr(), ""), t: t, url: "http://" + listener.Addr().String()}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// request is what the page would send.
func (s *site) request(method, path string, body io.Reader) *http.Request {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.AddCookie(s.guard.Cookie())
	r.Header.Set("Origin", s.url)
	return r
}

func (s *site) do(r *http.Request) (status int, text string) {
	s.t.Helper()
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply.StatusCode, string(body)
}

// ask returns what the net says.
func (s *site) ask(path string, body []byte) (a answer) {
	s.t.Helper()
	status, text := s.do(s.request("POST", path, bytes.NewReader(body)))
	if status != http.StatusOK {
		s.t.Fatalf("%s: %d, %s", path, status, text)
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		s.t.Fatal(err)
	}
	return a
}

// photos are files of all kinds: a photo of a camera that was held sideways, one that is partly
// transparent, a grey one, a wide one.
func photos(t testing.TB) []string {
	t.Helper()
	folder := t.TempDir()
	clear := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	grey := image.NewGray(image.Rect(0, 0, 50, 50))
	for i := range clear.Pix {
		clear.Pix[i] = uint8(i * 7)
	}
	for i := range grey.Pix {
		grey.Pix[i] = uint8(i / 10)
	}
	files := []string{"held-6.jpg", "held-6.webp"}
	for i, name := range files {
		files[i] = filepath.Join("..", "..", "..", "..", "nn", "data", "testdata", "pillow", name)
	}
	for name, picture := range map[string]image.Image{"clear.png": clear, "grey.png": grey, "tulip.png": data.Photo("tulip", 96).Image(), "dot.png": image.NewGray(image.Rect(0, 0, 1, 1))} {
		files = append(files, filepath.Join(folder, name))
		if err := os.WriteFile(files[len(files)-1], pngOf(t, picture), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func pngOf(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

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
