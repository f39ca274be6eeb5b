package library

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"reslab/cmd/lab/internal/notebook/document"
)

// notebook is a Markdown file of the folder that has cells.
type notebook struct {
	Name, Title, URL string
	Changed          time.Time
}

// A folder may be anything: so many files are looked into at most.
const mostFiles = 500

var (
	goFence = regexp.MustCompile("(?m)^ {0,3}```+[ \t]*go\\b")
	heading = regexp.MustCompile(`(?m)^#[ \t]+(.+?)[ \t#]*\r?$`)
)

// notebooks lists the notebooks right in the folder, the one that changed last
// first. A Markdown file without a cell of Go is none, and neither is the folder's
// README, which is about the folder: its Go is there to be read.
func notebooks(folder *os.Root) (all []notebook, err error) {
	entries, err := fs.ReadDir(folder.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the folder of your notebooks: %w", err)
	}
	looked := 0
	for _, e := range entries {
		if path.Ext(e.Name()) != ".md" || strings.HasPrefix(e.Name(), ".") || strings.EqualFold(e.Name(), "README.md") || looked == mostFiles {
			continue
		}
		looked++
		if n, ok := look(folder, e.Name()); ok {
			all = append(all, n)
		}
	}
	slices.SortStableFunc(all, func(a, b notebook) int { return b.Changed.Compare(a.Changed) })
	return all, nil
}

// look tells whether a file is a notebook. What cannot be read, or leads out of
// the folder, is none.
func look(folder *os.Root, name string) (n notebook, ok bool) {
	info, err := folder.Stat(name)
	if err != nil || !info.Mode().IsRegular() || document.CheckSize(info.Size()) != nil {
		return n, false
	}
	text, err := folder.ReadFile(name)
	if err != nil || !goFence.Match(text) {
		return n, false
	}
	n = notebook{Name: name, Title: strings.TrimSuffix(name, ".md"), URL: "/file/" + url.PathEscape(name), Changed: info.ModTime()}
	if m := heading.FindSubmatch(text); m != nil && utf8.Valid(m[1]) {
		n.Title = string(m[1])
	}
	return n, true
}

// When is the day on which it changed.
func (n notebook) When() string { return n.Changed.Format("2 January 2006, 15:04") }

// thereError says that a notebook of that name is there already.
type thereError struct{ name string }

func (e *thereError) Error() string {
	return fmt.Sprintf("%s is there already: choose another name", e.name)
}

// newNotebook writes an empty notebook with a title and returns the name of its
// file. No file is ever written over.
func newNotebook(folder *os.Root, title string) (name string, err error) {
	title = strings.Join(strings.Fields(strings.TrimSuffix(strings.TrimSpace(title), ".md")), " ")
	name = fileName(title)
	if name == "" {
		return "", errors.New("a notebook needs a name with a letter or a digit in it")
	}
	file, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return "", &thereError{name}
	}
	if err != nil {
		return "", fmt.Errorf("%s cannot be made in this folder: %w", name, reason(err))
	}
	_, err = fmt.Fprintf(file, "# %s\n\n```go\n\n```\n", title)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("%s cannot be written: %w", name, errors.Join(reason(err), folder.Remove(name)))
	}
	return name, nil
}

// fileName makes the name of a file of a title: my-first-net.md.
func fileName(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(words, "-"))
	if len(name) == 0 {
		return ""
	}
	return strings.Trim(string(name[:min(len(name), 60)]), "-") + ".md"
}

// reason leaves the path out of an error: the sentence around it has it.
func reason(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err
	}
	return err
}
