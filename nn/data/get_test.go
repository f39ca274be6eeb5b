package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const published = "the picture file just as it was published"

// publishedAs is what the table says of such a file.
func publishedAs(name, content string) file {
	sum := sha256.Sum256([]byte(content))
	return file{name: name, size: int64(len(content)), sha256: hex.EncodeToString(sum[:])}
}

// mirror serves a file with ranges, as real ones do, and counts the requests.
type mirror struct {
	content  string
	requests []string // the Range of each
}

func (m *mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.requests = append(m.requests, r.Header.Get("Range"))
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(m.content))
}

// fetched runs a download of one file f from servers into a new folder, in
// which a part may lie already, and returns what is there afterwards.
func fetched(t *testing.T, part string, f file, servers ...http.Handler) (final, rest string, err error) {
	t.Helper()
	folder := t.TempDir()
	if part != "" {
		write(t, folder, f.name+".part", []byte(part))
	}
	var mirrors []string
	for _, h := range servers {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		mirrors = append(mirrors, s.URL+"/")
	}
	d := &download{client: http.DefaultClient, patience: 5 * time.Second, progress: increasing(t)}
	err = d.get(t.Context(), folder, mirrors, []file{f})
	return read(t, filepath.Join(folder, f.name)), read(t, filepath.Join(folder, f.name+".part")), err
}

// increasing fails the test when more is done than there is.
func increasing(t *testing.T) func(done, total int64) {
	return func(done, total int64) {
		if done < 0 || done > total {
			t.Errorf("%d of %d bytes", done, total)
		}
	}
}

// read returns what a file holds, or nothing if it is not there.
func read(t *testing.T, path string) string {
	content, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(content)
}

func TestGetGood(t *testing.T) {
	m := &mirror{content: published}
	final, rest, err := fetched(t, "", publishedAs("f", published), m)
	if err != nil || final != published || rest != "" {
		t.Errorf("got %q and %q, %v", final, rest, err)
	}
}

func TestGetResumes(t *testing.T) {
	f := publishedAs("f", published)
	plain := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, published) })
	for name, c := range map[string]struct {
		part     string
		server   http.Handler
		requests string
	}{
		"by range":               {published[:20], &mirror{content: published}, `["bytes=20-"]`},
		"whole part":             {published, &mirror{content: published}, "[]"},
		"part of something else": {"something else", &mirror{content: published}, `["bytes=14-" ""]`},
		"part too long":          {published + published, &mirror{content: published}, `[""]`},
		"server without ranges":  {published[:20], plain, ""},
	} {
		t.Run(name, func(t *testing.T) {
			final, rest, err := fetched(t, c.part, f, c.server)
			if err != nil || final != published || rest != "" {
				t.Errorf("got %q and %q, %v", final, rest, err)
			}
			if m, ok := c.server.(*mirror); ok {
				if got := fmt.Sprintf("%q", m.requests); got != c.requests {
					t.Errorf("asked for the ranges %s, want %s", got, c.requests)
				}
			}
		})
	}
}

func TestGetRefuses(t *testing.T) {
	f := publishedAs("f", published)
	status := func(code int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", code) })
	}
	truncated := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(published)))
		io.WriteString(w, published[:15])
	})
	for name, c := range map[string]struct {
		server http.Handler
		want   string // of the message
		rest   string // that is kept to go on from
	}{
		"wrong content": {&mirror{content: strings.ToUpper(published)}, "is not the published file: its SHA-256 is ", ""},
		"too long":      {&mirror{content: published + "!"}, "more than the 41 bytes", ""},
		"truncated":     {truncated, "the line broke after 15 of 41 bytes", published[:15]},
		"too short":     {&mirror{content: published[:30]}, "the line broke after 30 of 41 bytes", published[:30]},
		"not found":     {status(404), "answers 404 Not Found", ""},
		"server error":  {status(500), "answers 500 Internal Server Error", ""},
	} {
		t.Run(name, func(t *testing.T) {
			final, rest, err := fetched(t, "", f, c.server)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want a sentence with %q", err, c.want)
			}
			if final != "" || rest != c.rest {
				t.Errorf("%q is left, and the part %q, want %q", final, rest, c.rest)
			}
		})
	}
}

func TestGetTurnsToTheNextMirror(t *testing.T) {
	f := publishedAs("f", published)
	half := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, published[:15]) })
	second := &mirror{content: published}
	final, _, err := fetched(t, "", f, http.NotFoundHandler(), half, second)
	if err != nil || final != published {
		t.Errorf("got %q, %v", final, err)
	}
	if got := fmt.Sprint(second.requests); got != "[bytes=15-]" {
		t.Errorf("the last mirror was asked for %s: it should go on where the one before broke off", got)
	}
}

func TestGetCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, published[:15])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	folder, f := t.TempDir(), publishedAs("f", published)
	d := &download{client: http.DefaultClient, patience: time.Minute, progress: func(done, total int64) {
		if done == 15 {
			cancel()
		}
	}}
	err := d.get(ctx, folder, []string{server.URL + "/"}, []file{f})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "goes on from there") {
		t.Errorf("got %v", err)
	}
	if final, part := read(t, filepath.Join(folder, "f")), read(t, filepath.Join(folder, "f.part")); final != "" || part != published[:15] {
		t.Errorf("%q is left, and the part %q", final, part)
	}
}

func TestGetGivesUpOnASilentServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, published[:15])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	d := &download{client: http.DefaultClient, patience: 100 * time.Millisecond}
	err := d.get(t.Context(), t.TempDir(), []string{server.URL + "/"}, []file{publishedAs("f", published)})
	if err == nil || !strings.Contains(err.Error(), "nothing came for 100ms") {
		t.Errorf("got %v", err)
	}
}

func TestGetLeavesGoodFilesAlone(t *testing.T) {
	m := &mirror{content: published}
	server := httptest.NewServer(m)
	defer server.Close()
	folder := t.TempDir()
	write(t, folder, "good", []byte(published))
	write(t, folder, "damaged", []byte("damaged"))
	var last [2]int64
	d := &download{client: http.DefaultClient, patience: time.Minute, progress: func(done, total int64) { last = [2]int64{done, total} }}
	files := []file{publishedAs("good", published), publishedAs("damaged", published)}
	if err := d.get(t.Context(), folder, []string{server.URL + "/"}, files); err != nil {
		t.Fatal(err)
	}
	if len(m.requests) != 1 || read(t, filepath.Join(folder, "damaged")) != published {
		t.Errorf("%d requests for one damaged file, which is now %q", len(m.requests), read(t, filepath.Join(folder, "damaged")))
	}
	if want := int64(2 * len(published)); last != [2]int64{want, want} {
		t.Errorf("progress ends at %v, want %d", last, want)
	}
}

func TestGetWhereNothingCanBeWritten(t *testing.T) {
	m := &mirror{content: published}
	server := httptest.NewServer(m)
	defer server.Close()
	root := t.TempDir()
	write(t, root, "file", []byte("in the way"))
	for name, prepare := range map[string]func() string{
		"a file where the folder should be": func() string { return filepath.Join(root, "file") },
		"a folder where the part should be": func() string {
			if err := os.MkdirAll(filepath.Join(root, "a", "f.part"), 0o755); err != nil {
				t.Fatal(err)
			}
			return filepath.Join(root, "a")
		},
		"a full folder where the file should be": func() string {
			write(t, filepath.Join(root, "b", "f"), "inside", nil)
			return filepath.Join(root, "b")
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := &download{client: http.DefaultClient, patience: time.Minute}
			err := d.get(t.Context(), prepare(), []string{server.URL + "/"}, []file{publishedAs("f", published)})
			if err == nil || !strings.Contains(err.Error(), "cannot write the data set") || !strings.Contains(err.Error(), FolderVariable) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestGetByName(t *testing.T) {
	elsewhere(t)
	if _, err := Get(t.Context(), "noise", nil); err == nil || !strings.Contains(err.Error(), "nothing to get") {
		t.Errorf("noise: %v", err)
	}
	if _, err := Get(t.Context(), "mnits", nil); err == nil || !strings.Contains(err.Error(), "did you mean mnist?") {
		t.Errorf("mnits: %v", err)
	}
}

// TestTableOfFiles checks sizes and sums against the real files.
func TestTableOfFiles(t *testing.T) {
	t.Run("mnist", func(t *testing.T) {
		folders := mnist.places()
		for _, f := range mnist.files {
			path := filepath.Join(folders[0], f.name)
			if err := verify(path, f); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if stat, err := os.Stat(path); err == nil && stat.Size() != f.size {
				t.Errorf("%s has %d bytes, the table says %d", path, stat.Size(), f.size)
			}
		}
	})
	// Debian took name and time out of the headers; with them the files must
	// be the published ones, byte for byte.
	t.Run("fashion-mnist", func(t *testing.T) {
		written := []int64{1504176606, 1504176606, 1504176627, 1504176627} // 31 August 2017
		for i, f := range fashionMNIST.files {
			content, err := os.ReadFile(filepath.Join(fashionMNIST.places()[0], f.name))
			if err != nil {
				t.Skip("Debian's package dataset-fashion-mnist is not installed")
			}
			var header bytes.Buffer
			z := gzip.NewWriter(&header)
			z.Name, z.ModTime, z.OS = strings.TrimSuffix(f.name, ".gz"), time.Unix(written[i], 0), 3
			if err := z.Flush(); err != nil {
				t.Fatal(err)
			}
			head := header.Bytes()[:10+len(z.Name)+1]
			sum := sha256.Sum256(append(head, content[10:]...))
			if got := hex.EncodeToString(sum[:]); got != f.sha256 {
				t.Errorf("%s: the sum is %s, the table says %s", f.name, got, f.sha256)
			}
			if got := int64(len(head) + len(content) - 10); got != f.size {
				t.Errorf("%s has %d bytes, the table says %d", f.name, got, f.size)
			}
		}
	})
}
