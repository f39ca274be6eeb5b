package data

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// folderOf makes a folder with small pictures at the given paths; a path that
// ends with / is an empty folder, and one that is no picture holds text.
func folderOf(t testing.TB, paths ...string) string {
	t.Helper()
	root := t.TempDir()
	for i, name := range paths {
		at := filepath.Join(root, filepath.FromSlash(name))
		folder := filepath.Dir(at)
		if strings.HasSuffix(name, "/") {
			folder = at
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		switch {
		case folder == at:
		case pictureFile(name):
			img := image.NewNRGBA(image.Rect(0, 0, 3+i%2, 4))
			img.SetNRGBA(0, 0, color.NRGBA{uint8(i), 0, 0, 255})
			encodePNG(t, at, img)
		default:
			if err := os.WriteFile(at, []byte("text"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

// namesOf lists the pictures as "name=class".
func namesOf(p *Pictures) (list []string) {
	if p == nil {
		return nil
	}
	for i := range p.Len() {
		list = append(list, p.NameOf(i)+"="+p.Class(i))
	}
	return list
}

func TestFolderOfClasses(t *testing.T) {
	root := folderOf(t, "tulip/b.png", "tulip/a.PNG", "daisy/1.png", "daisy/more/2.png", "daisy/.hidden.png", ".git/x.png", "notes.txt", "tulip/IMG_1.HEIC", "tulip/IMG_2.HEIC")
	s, err := Folder(root, SplitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := namesOf(s.Train), []string{"daisy/1.png=daisy", "daisy/more/2.png=daisy", "tulip/a.PNG=tulip", "tulip/b.png=tulip"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if s.Validation != nil || s.Test != nil {
		t.Error("there are parts that nobody asked for")
	}
	if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "tulip: left out what is no file of a PNG") || !strings.Contains(s.Notes[0], "IMG_1.HEIC") {
		t.Errorf("notes %q", s.Notes)
	}
	p, err := s.Train.Open(3)
	if err != nil || p.Pixels[0] != 0 || p.C != 3 || p.H != 4 {
		t.Errorf("tulip/b.png is a %v, %v", p, err)
	}
	if got := s.Train.String(); !strings.HasSuffix(got, "4 pictures of many sizes in 2 classes") {
		t.Error(got)
	}
}

func TestFolderOfParts(t *testing.T) {
	root := folderOf(t, "train/b/1.png", "train/a/1.png", "Val/a/2.png", "test/b/3.png", "test/a/4.png")
	s, err := Folder(root, SplitConfig{Validation: 0.5, Test: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		got  *Pictures
		want string
	}{{s.Train, "[train/a/1.png=a train/b/1.png=b]"}, {s.Validation, "[Val/a/2.png=a]"}, {s.Test, "[test/a/4.png=a test/b/3.png=b]"}} {
		if got := fmt.Sprint(namesOf(c.got)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	// A class may be called train where the others are not parts.
	s, err = Folder(folderOf(t, "train/1.png", "car/1.png", "bus/1.png"), SplitConfig{})
	if err != nil || !slices.Equal(s.Train.Classes, []string{"bus", "car", "train"}) {
		t.Errorf("vehicles: %v, %v", s, err)
	}
}

func TestHostileFolders(t *testing.T) {
	for name, c := range map[string]struct {
		paths []string
		want  string
	}{
		"one class":            {[]string{"rose/1.png"}, "one class only, rose"},
		"an empty class":       {[]string{"rose/1.png", "tulip/"}, "tulip has no PNG, JPEG, GIF or WebP picture"},
		"a class of text":      {[]string{"rose/1.png", "tulip/a.txt"}, "tulip has no PNG"},
		"capitals":             {[]string{"Rose/1.png", "rose/1.png"}, "Rose and rose, which differ only in capitals"},
		"no folders":           {[]string{"1.png"}, "has no sub-folders"},
		"nothing":              {nil, "has no sub-folders"},
		"no train":             {[]string{"test/a/1.png", "test/b/1.png"}, "none called train"},
		"two validations":      {[]string{"train/a/1.png", "val/a/1.png", "valid/a/1.png"}, "two folders for validation, val and valid"},
		"a class of the test":  {[]string{"train/a/1.png", "train/b/1.png", "test/c/1.png"}, "the class c, which the pictures to learn from do not have: there are a, b"},
		"parts without class":  {[]string{"train/1.png", "test/2.png"}, "has no sub-folders"},
		"parts with one class": {[]string{"train/a/1.png", "test/a/2.png"}, "one class only, a"},
	} {
		t.Run(name, func(t *testing.T) {
			root := folderOf(t, c.paths...)
			if _, err := os.Stat(filepath.Join(root, "ROSE")); name == "capitals" && err == nil {
				t.Skip("this system knows no capitals")
			}
			s, err := Folder(root, SplitConfig{})
			if s != nil || err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want a sentence with %q", err, c.want)
			}
		})
	}
	if _, err := Folder(filepath.Join(t.TempDir(), "none"), SplitConfig{}); err == nil || !strings.Contains(err.Error(), "none cannot be read") {
		t.Errorf("no such folder: %v", err)
	}
}

// Links to folders are not followed, so that none leads in a circle; links to
// pictures are.
func TestLinks(t *testing.T) {
	root := folderOf(t, "a/1.png", "b/1.png")
	for at, to := range map[string]string{"loop": ".", "a/up": "..", "a/self.png": "self.png", "a/linked.png": filepath.Join(root, "b", "1.png"), "b/dead.png": "nothing"} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(at))); err != nil {
			t.Skipf("this system makes no links here: %v", err)
		}
	}
	s, err := Folder(root, SplitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := namesOf(s.Train), []string{"a/1.png=a", "a/linked.png=a", "b/1.png=b"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	notes := strings.Join(s.Notes, "\n")
	for _, want := range []string{"loop is a link to a folder", "picture, 2 in all, as a/self.png", "picture, 1 in all, as b/dead.png"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes lack %q:\n%s", want, notes)
		}
	}
	if _, err := s.Train.Open(1); err != nil {
		t.Error(err)
	}
}

// A large folder begins at once, and what it holds in memory is its names.
func TestFolderReadsOnlyNames(t *testing.T) {
	const n = 3000
	root := folderOf(t, "a/0.png", "b/0.png")
	for i := range n {
		class := string("ab"[i%2])
		if err := os.WriteFile(filepath.Join(root, class, fmt.Sprintf("x%d.jpg", i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s, err := Folder(root, SplitConfig{Validation: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := s.Train.Len() + s.Validation.Len(); got != n+2 {
		t.Errorf("%d pictures", got)
	}
	if per := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / n; per > 300 {
		t.Errorf("%d bytes a picture", per)
	}
	runtime.KeepAlive(s)
}

func TestOpen(t *testing.T) {
	elsewhere(t)
	root := folderOf(t, "a/1.png", "b/1.png", "a/2.png", "b/2.png")
	s, err := Open(root, SplitConfig{Validation: 0.5})
	if err != nil || s.Train.Len() != 2 || s.Validation.Len() != 2 || s.Test != nil {
		t.Errorf("a folder: %v, %v", s, err)
	}
	if s, err = Open("noise", SplitConfig{Validation: 0.25, Seed: 1}); err != nil || s.Test.Len() != 512 || s.Train.Len()+s.Validation.Len() != 2048 || s.Validation.Len() < 400 || s.Validation.Len() > 620 {
		t.Errorf("noise: %v, %v", s, err)
	}
	for name, want := range map[string]string{
		"mnits":                          "did you mean mnist?",
		filepath.Join(root, "missing"):   "there is no folder",
		filepath.Join(root, "a", "1.jp"): "there is no folder",
	} {
		if _, err := Open(name, SplitConfig{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if got := mistakeOf(func() { Open(root, SplitConfig{Validation: 1}) }); !strings.Contains(got, "less than 1") {
		t.Error(got)
	}
}

// FuzzFolder makes a folder of whatever names, and reads it.
func FuzzFolder(f *testing.F) {
	f.Add("a/1.png\nb/2.jpg\nb/sub/3.gif")
	f.Add("train/a/1.png\ntrain/b/1.png\nval/a/2.webp")
	f.Add("train/\nVALID/\nb\x00c/1.png")
	f.Fuzz(func(t *testing.T, list string) {
		root := t.TempDir()
		for i, name := range strings.Split(list, "\n") {
			at := filepath.FromSlash(name)
			if i > 20 || !filepath.IsLocal(at) || strings.ContainsRune(at, 0) || os.MkdirAll(filepath.Join(root, filepath.Dir(at)), 0o755) != nil {
				continue
			}
			os.WriteFile(filepath.Join(root, at), nil, 0o644) // may fail: a folder of that name
		}
		s, err := Folder(root, SplitConfig{Validation: 0.3, Test: 0.3, Seed: 1})
		if err != nil {
			if strings.Contains(err.Error(), "\n") && !strings.Contains(list, "\r") {
				t.Errorf("two lines: %q", err)
			}
			return
		}
		if len(s.Train.Classes) < 2 || s.Train.Len() == 0 {
			t.Errorf("%v of %q", s.Train, list)
		}
		seen := map[string]bool{}
		for _, p := range []*Pictures{s.Train, s.Validation, s.Test} {
			if p == nil {
				continue
			}
			for i := range p.Len() {
				if name := p.NameOf(i); seen[name] {
					t.Errorf("%q came twice", name)
				} else {
					seen[name] = true
				}
			}
		}
	})
}
