package lesson

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A save by any way an editor takes starts one check, and ends the one before.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "stops.go")
	write := func(path string) {
		t.Helper()
		if err := os.WriteFile(path, []byte("package x\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(file)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	begun, stopped, ended := make(chan struct{}, 100), make(chan struct{}, 100), make(chan error, 1)
	go func() {
		ended <- watch(ctx, dir, func(ctx context.Context) {
			begun <- struct{}{}
			<-ctx.Done() // a check that takes long
			stopped <- struct{}{}
		})
	}()
	await := func(what string, c <-chan struct{}) {
		t.Helper()
		select {
		case <-c:
		case <-time.After(10 * time.Second):
			t.Fatalf("no check has %s", what)
		}
	}
	await("begun", begun)
	for _, save := range []func(){
		func() { write(file) },
		func() { // in the place of the old file
			write(file + ".tmp")
			if err := os.Rename(file+".tmp", file); err != nil {
				t.Fatal(err)
			}
		},
		func() { // the old file out of the way first
			if err := os.Rename(file, file+"~"); err != nil {
				t.Fatal(err)
			}
			write(file)
		},
	} {
		save()
		await("stopped", stopped)
		await("begun", begun)
	}
	write(filepath.Join(dir, "notes.txt"))
	select {
	case <-begun:
		t.Error("a file that is no Go was checked")
	case <-time.After(3 * quiet):
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := watch(context.Background(), filepath.Join(dir, "none"), nil); err == nil {
		t.Error("a folder that is not there is watched")
	}
}
