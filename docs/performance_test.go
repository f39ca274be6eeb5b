package docs

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "take the tables of performance.md anew from the files that programs made")

// included is a marker, as <!-- table: bench/bench.md 1 -->, with the lines of
// the table behind it: the first table of that file.
var included = regexp.MustCompile(`(<!-- table: (\S+) (\d+) -->\n)((?:\|.*\n)*)`)

// tables are the runs of lines that begin with a bar.
var tables = regexp.MustCompile(`(?m)(?:^\|.*\n)+`)

// No figure of the page is typed by hand: its tables are those of files that
// lab bench and peers.sh have written.
func TestPerformanceTables(t *testing.T) {
	const page = "performance.md"
	stored := readLF(t, page)
	found := included.FindAllStringSubmatch(stored, -1)
	if len(found) == 0 {
		t.Fatal("there is no marker, so this test guards nothing")
	}
	filled := included.ReplaceAllStringFunc(stored, func(block string) string {
		part := included.FindStringSubmatch(block)
		number, _ := strconv.Atoi(part[3])
		list := tables.FindAllString(readLF(t, part[2]), -1)
		if number < 1 || number > len(list) {
			t.Fatalf("%s has %d tables, %s wants number %d", part[2], len(list), page, number)
		}
		return part[1] + list[number-1]
	})
	if *update {
		if err := os.WriteFile(page, []byte(filled), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if filled != stored {
		t.Errorf("%s differs from the files that its markers name; take their tables anew with: go test ./docs -run TestPerformanceTables -update", page)
	}
}

// The text beside the tables gives no figure of speed either, which would
// stay when the tables change.
func TestPerformanceText(t *testing.T) {
	text := tables.ReplaceAllString(readLF(t, "performance.md"), "")
	figures := regexp.MustCompile(`\d+(\.\d+)? (ms|GFLOP/s|images/s|pictures/s|MB|%)`).FindAllString(text, -1)
	if len(figures) > 0 {
		t.Errorf("performance.md says %q outside of its tables", figures)
	}
}

func readLF(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}
