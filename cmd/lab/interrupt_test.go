//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestSecondInterrupt: what does not listen to Ctrl-C, as here the reading of a pipe
// that nobody writes to, is ended by the second one.
func TestSecondInterrupt(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "config.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	lab := exec.Command(self, "experiment", "compare", folder, folder+"-other")
	lab.Env = append(os.Environ(), "RESLAB_TEST_LAB=1")
	if err := lab.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- lab.Wait() }()
	for open := false; !open; time.Sleep(10 * time.Millisecond) { // until it reads
		if writer, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
			defer writer.Close()
			open = true
		}
	}
	for interrupts := 0; ; interrupts++ {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT || interrupts < 2 {
				t.Errorf("after %d it ended with %v", interrupts, err)
			}
			return
		case <-time.After(100 * time.Millisecond):
			if interrupts == 100 {
				lab.Process.Kill()
				t.Fatal("it does not end")
			}
			_ = lab.Process.Signal(syscall.SIGINT)
		}
	}
}
