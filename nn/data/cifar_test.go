package data

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

// cifarFile is a file of n pictures: picture i has the label first+i, and its
// reds, greens and blues count upwards from i, 2i and 3i.
func cifarFile(n, first int) []byte {
	var b []byte
	for i := range n {
		b = append(b, byte((first+i)%10))
		for c := range 3 {
			for k := range cifarPlane {
				b = append(b, byte((c+1)*i+k))
			}
		}
	}
	return b
}

func TestReadCIFAR10ByHand(t *testing.T) {
	pixels, labels, err := ReadCIFAR10(iotest.OneByteReader(bytes.NewReader(cifarFile(3, 8))))
	if err != nil || !slices.Equal(labels, []int{8, 9, 0}) || len(pixels) != 3*32*32*3 {
		t.Fatalf("labels %v, %d pixels, %v", labels, len(pixels), err)
	}
	// Picture 2, row 1, column 4: the 36th of each plane.
	if got, want := pixels[(2*cifarPlane+36)*3:][:3], []uint8{2 + 36, 4 + 36, 6 + 36}; !slices.Equal(got, want) {
		t.Errorf("the pixel is %v, want %v", got, want)
	}
}

func TestReadCIFAR10Refuses(t *testing.T) {
	good := cifarFile(2, 0)
	wrong := slices.Clone(good)
	wrong[cifarRecord] = 10
	for want, content := range map[string][]byte{
		"the file is empty": nil,
		"the file is cut short: it ends within picture 1": good[:len(good)-1],
		"label 1 is 10": wrong,
	} {
		if _, _, err := ReadCIFAR10(bytes.NewReader(content)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, _, err := ReadCIFAR10(iotest.ErrReader(os.ErrDeadlineExceeded)); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("got %v", err)
	}
}

func FuzzReadCIFAR10(f *testing.F) {
	f.Add(cifarFile(1, 3))
	f.Add(cifarFile(2, 3)[:4000])
	f.Add([]byte{11})
	f.Fuzz(func(t *testing.T, content []byte) {
		pixels, labels, err := ReadCIFAR10(bytes.NewReader(content))
		if err != nil {
			return
		}
		if len(labels)*cifarRecord != len(content) || len(pixels) != len(labels)*3*cifarPlane {
			t.Errorf("%d bytes give %d labels and %d pixels", len(content), len(labels), len(pixels))
		}
	})
}

// smallCIFAR is CIFAR-10 with a few pictures, on a mirror of our own.
func smallCIFAR(t *testing.T, h http.Handler, archive []byte) *source {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	sum := md5.Sum(archive)
	small := cifar10
	small.mirrors = []string{server.URL + "/"}
	small.files = []file{{name: "cifar-10-binary.tar.gz", size: int64(len(archive)), md5: hex.EncodeToString(sum[:])}}
	small.inside = &contents{cifar10.inside.folder, slices.Clone(cifar10.inside.files)}
	for i := range small.inside.files {
		small.inside.files[i].size = 2 * cifarRecord
	}
	return &small
}

// cifarArchive is what the mirror has.
func cifarArchive(t *testing.T) []byte {
	t.Helper()
	entries := []entry{{name: "cifar-10-batches-bin/", kind: '5'}, {name: "cifar-10-batches-bin/readme.html", content: []byte("<p>")}}
	for i, f := range cifar10.inside.files {
		entries = append(entries, entry{name: "cifar-10-batches-bin/" + f.name, content: cifarFile(2, i)})
	}
	return tarGz(t, entries...)
}

func newDownload() *download {
	return &download{client: http.DefaultClient, patience: 10 * time.Second}
}

func TestGetCIFAR10(t *testing.T) {
	own, _, _ := elsewhere(t)
	archive := cifarArchive(t)
	m := &mirror{content: string(archive)}
	s := smallCIFAR(t, m, archive)
	home := filepath.Join(own, "cifar10")

	// A line that broke is gone on with.
	write(t, home, "cifar-10-binary.tar.gz.part", archive[:100])
	if err := newDownload().source(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(m.requests); got != "[bytes=100-]" {
		t.Errorf("asked for %s", got)
	}
	train, test, err := s.load()
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 10 || test.Len() != 2 || test.Class(0) != "dog" || train.String() != "cifar10 train: 10 pictures of 32x32x3 in 10 classes" {
		t.Errorf("got %v and %v, first a %s", train, test, test.Class(0))
	}
	left, err := os.ReadDir(home)
	if err != nil || len(left) != 2 || left[1].Name() != "cifar-10-batches-bin" {
		t.Errorf("left are %v: only the folder, and the lock, should be", left)
	}

	// What is right is left alone; what is damaged is brought again.
	if err := newDownload().source(t.Context(), s); err != nil || len(m.requests) != 1 {
		t.Errorf("got again: %d requests, %v", len(m.requests), err)
	}
	write(t, filepath.Join(home, "cifar-10-batches-bin"), "data_batch_2.bin", []byte{10})
	if _, _, err := s.load(); err == nil || !strings.Contains(err.Error(), "data_batch_2.bin: the file is cut short") || !strings.Contains(err.Error(), "; data.Get brings good files") {
		t.Errorf("a damaged file: %v", err)
	}
	if err := newDownload().source(t.Context(), s); err != nil || len(m.requests) != 2 {
		t.Errorf("damaged: %d requests, %v", len(m.requests), err)
	}
	if _, _, err := s.load(); err != nil {
		t.Error(err)
	}
}

func TestGetCIFAR10Refuses(t *testing.T) {
	own, _, _ := elsewhere(t)
	archive := cifarArchive(t)
	other := slices.Clone(archive)
	other[len(other)-1] ^= 1
	for want, h := range map[string]http.Handler{
		"its MD5 is ":                     &mirror{content: string(other)},
		"more than the":                   &mirror{content: string(archive) + "!"},
		"the line broke after 50 of":      &mirror{content: string(archive[:50])},
		"answers 503 Service Unavailable": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }),
	} {
		err := newDownload().source(t.Context(), smallCIFAR(t, h, archive))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want a sentence with %q", err, want)
		}
		if _, err := os.Stat(filepath.Join(own, "cifar10", "cifar-10-batches-bin")); err == nil {
			t.Errorf("%s: something was unpacked", want)
		}
	}
}

// Two at once never write to the same part: the second finds all done.
func TestTwoGetsAtOnce(t *testing.T) {
	own, _, _ := elsewhere(t)
	archive := cifarArchive(t)
	var lock sync.Mutex
	requests := 0
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		requests++
		lock.Unlock()
		for _, b := range archive {
			w.Write([]byte{b})
		}
	})
	s := smallCIFAR(t, slow, archive)
	var gets sync.WaitGroup
	for range 4 {
		gets.Go(func() {
			if err := newDownload().source(t.Context(), s); err != nil {
				t.Error(err)
			}
		})
	}
	gets.Wait()
	if requests != 1 {
		t.Errorf("%d requests of four at once, want one", requests)
	}
	if _, err := s.locate(); err != nil {
		t.Errorf("nothing in %s: %v", own, err)
	}
}

func TestFolderVariableThatNamesNothing(t *testing.T) {
	own, _, _ := elsewhere(t)
	missing := filepath.Join(own, "missing")
	t.Setenv(FolderVariable, missing)
	for what, get := range map[string]func() error{
		"Load": func() error { _, _, err := Load("mnist"); return err },
		"Get":  func() error { _, err := Get(t.Context(), "mnist", nil); return err },
	} {
		err := get()
		if err == nil || !strings.Contains(err.Error(), FolderVariable+" names "+missing+", which is not a folder") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the folder was made: a typing error would hide")
	}
}
