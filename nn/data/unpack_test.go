package data

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// entry is a thing in an archive: a file, if it has no kind.
type entry struct {
	name, link string
	kind       byte
	content    []byte
}

func tarGz(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for _, e := range entries {
		if e.kind == 0 {
			e.kind = tar.TypeReg
		}
		header := &tar.Header{Name: e.name, Linkname: e.link, Typeflag: e.kind, Size: int64(len(e.content)), Mode: 0o644}
		if err := w.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.content); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []io.Closer{w, z} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

var twoFiles = &contents{"set", []file{{name: "a", size: 2}, {name: "b", size: 3}}}

func unpacked(t *testing.T, archive []byte) (home string, err error) {
	t.Helper()
	home = t.TempDir()
	write(t, home, "archive", archive)
	return home, twoFiles.unpack(filepath.Join(home, "archive"), home)
}

func TestUnpack(t *testing.T) {
	home, err := unpacked(t, tarGz(t, entry{name: "set/", kind: '5'}, entry{name: "./set/a", content: []byte("aa")}, entry{name: "set/about", content: []byte("?")}, entry{name: "set/b", content: []byte("bbb")}))
	if err != nil || read(t, filepath.Join(home, "set", "a")) != "aa" || read(t, filepath.Join(home, "set", "b")) != "bbb" {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(filepath.Join(home, "set")); len(left) != 2 {
		t.Errorf("unpacked %v, want a and b alone", left)
	}
}

func TestUnpackTrustsNothing(t *testing.T) {
	a, b := entry{name: "set/a", content: []byte("aa")}, entry{name: "set/b", content: []byte("bbb")}
	bomb := tarGz(t, a, entry{name: "set/zeros", content: make([]byte, 8<<20)}, b)
	good := tarGz(t, a, b)
	for name, c := range map[string]struct {
		archive []byte
		want    string
	}{
		"a way up":        {tarGz(t, a, entry{name: "set/../../evil", content: []byte("!")}, b), `"set/../../evil", outside of its folder`},
		"from the root":   {tarGz(t, entry{name: "/etc/evil", content: []byte("!")}, a, b), "outside of its folder"},
		"a symbolic link": {tarGz(t, entry{name: "set/a", kind: tar.TypeSymlink, link: "/etc/passwd"}, a, b), "neither a file nor a folder"},
		"a hard link":     {tarGz(t, a, entry{name: "set/b", kind: tar.TypeLink, link: "set/a"}), "neither a file nor a folder"},
		"a device":        {tarGz(t, a, entry{name: "set/b", kind: tar.TypeChar}), "neither a file nor a folder"},
		"a bomb":          {bomb, "more than the 1048581 bytes that belong there"},
		"another size":    {tarGz(t, a, entry{name: "set/b", content: []byte("bbbb")}), "4 bytes of b instead of 3"},
		"one missing":     {tarGz(t, b), "lacks 1 of the 2 files"},
		"one twice":       {tarGz(t, a, a), "lacks 1 of the 2 files"},
		"cut short":       {good[:len(good)-20], "cut short"},
		"damaged":         {append(append([]byte(nil), good[:40]...), make([]byte, 40)...), "damaged"},
		"no archive":      {[]byte("<html>this is no archive"), "damaged"},
		"nothing":         {nil, "cut short"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			home, err := unpacked(t, c.archive)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want a sentence with %q", err, c.want)
			}
			if left, _ := os.ReadDir(home); len(left) != 1 {
				t.Errorf("left are %v, want the archive alone", left)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
				t.Errorf("took %d bytes of memory", used)
			}
		})
	}
}

func FuzzUnpack(f *testing.F) {
	a, b := entry{name: "set/a", content: []byte("aa")}, entry{name: "set/b", content: []byte("bbb")}
	f.Add(tarGz(f, a, b))
	f.Add(tarGz(f, b, entry{name: "../a", content: []byte("aa")}))
	f.Fuzz(func(t *testing.T, archive []byte) {
		home, err := unpacked(t, archive)
		left, _ := os.ReadDir(home)
		if err != nil && len(left) != 1 || err == nil && len(left) != 2 {
			t.Errorf("error %v, and left are %v", err, left)
		}
	})
}
