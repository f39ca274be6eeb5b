package recognise

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"reslab/experiments/train"
	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/weights"
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
	for _, p := range model.Params() {
		if p.Name == "fc.weight" {
			for i := range p.Value.Data {
				p.Value.Data[i] /= 10 // else all goes to one class
			}
		}
	}
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
