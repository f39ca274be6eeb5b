package lesson

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long a folder must rest before its files are read: to save one
// file an editor writes, renames and removes several.
const quiet = 100 * time.Millisecond

// watch calls check at once, and again whenever Go files of dir were saved,
// until ctx ends. A save stops a check that still runs: it is of old files.
func watch(ctx context.Context, dir string, check func(ctx context.Context)) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	defer watcher.Close()
	// The folder and not its files: an editor puts a new file in the place of the old one.
	if err := watcher.Add(dir); err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	stop := begin(ctx, check)
	defer func() { stop() }()
	var saved <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-watcher.Errors:
			return fmt.Errorf("watch %s: %w", dir, err)
		case e := <-watcher.Events:
			if isWork(filepath.Base(e.Name)) && !e.Op.Has(fsnotify.Chmod) {
				saved = time.After(quiet)
			}
		case <-saved:
			saved = nil
			stop()
			stop = begin(ctx, check)
		}
	}
}

// begin runs check beside the caller; stop ends it and waits.
func begin(ctx context.Context, check func(ctx context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		check(ctx)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// clearScreen moves to the top of an empty screen, and empties what could be
// scrolled back to.
func clearScreen(w io.Writer) { fmt.Fprint(w, "\x1b[H\x1b[2J\x1b[3J") }
