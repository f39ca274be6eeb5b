package room

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"reslab/cmd/lab/internal/kernel"
	"reslab/cmd/lab/internal/kernel/kerneltest"
	"reslab/cmd/lab/internal/notebook/pagetest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// enter opens a notebook of cells and shows it on a page.
func enter(t *testing.T, cells ...string) (*Room, *pagetest.Page) {
	t.Helper()
	r := openRoom(t, t.TempDir(), pagetest.Notebook(cells...))
	return r, join(t, r, "a")
}

func openRoom(t *testing.T, dir, text string) *Room {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "net.md"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return reopen(t, dir)
}

// reopen opens the notebook of a folder.
func reopen(t *testing.T, dir string) *Room {
	t.Helper()
	folder, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	file, err := NewFile(folder, "net.md")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(Options{ID: "file/net.md", Kind: "file", File: file, Kernel: kernel.Options{Dir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		folder.Close()
	})
	return r
}

// join shows a room on a page.
func join(t *testing.T, r *Room, name string) *pagetest.Page {
	t.Helper()
	tab := r.Join(name)
	var waiting [][]byte
	p := &pagetest.Page{T: t, Send: func(text []byte) { r.Receive(tab, text) }, Receive: func(ctx context.Context) (text []byte, err error) {
		if len(waiting) == 0 {
			if waiting, err = tab.Next(ctx); err != nil {
				return nil, err
			}
		}
		text, waiting = waiting[0], waiting[1:]
		return text, nil
	}}
	p.Snapshot = p.Wait("snapshot")
	return p
}

// look is what a page that comes now sees.
func look(t *testing.T, r *Room) pagetest.Message {
	t.Helper()
	tab := r.Join("look")
	defer tab.Leave()
	p := &pagetest.Page{T: t, Receive: func(ctx context.Context) ([]byte, error) {
		all, err := tab.Next(ctx)
		if err != nil {
			return nil, err
		}
		return all[0], nil
	}}
	return p.Wait("snapshot")
}

// staleCells are the cells that a snapshot shows as out of date.
func staleCells(m pagetest.Message) (ids []string) {
	for _, s := range m.States {
		if s.Stale {
			ids = append(ids, s.Cell)
		}
	}
	return ids
}

// stateOf is the state of a cell in a snapshot.
func stateOf(m pagetest.Message, cell string) pagetest.Message {
	for _, s := range m.States {
		if s.Cell == cell {
			return s
		}
	}
	return pagetest.Message{}
}
