package run

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// childRoom is the variable that says how many bytes the child may write into a
// file, which is how a test fills a disk.
const childRoom = "RESLAB_TEST_ROOM"

// limitFiles makes every write beyond that place fail.
func limitFiles() {
	room, err := strconv.ParseUint(os.Getenv(childRoom), 10, 64)
	if err != nil {
		return // no limit
	}
	signal.Ignore(syscall.SIGXFSZ) // else it ends the process
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: room}); err != nil {
		panic(err)
	}
}

// TestFullDisk lets the disk of a run fill up again and again: each time the run
// ends with a sentence, and once there is room it ends the same as if there had
// always been.
func TestFullDisk(t *testing.T) {
	want, _ := undisturbed(t)
	longest := 0
	for _, content := range want {
		longest = max(longest, len(content))
	}
	stride := max(1, longest/long(18, longest))
	if testing.Short() {
		stride = longest / 5
	}
	folder := ""
	for room := 0; room < longest; room += stride {
		if room%(3*stride) == 0 { // each run meets a full disk three times
			folder = filepath.Join(t.TempDir(), "run")
		}
		t.Setenv(childRoom, strconv.Itoa(room))
		err := child(context.Background(), folder)
		if err == nil || !strings.Contains(err.Error(), "cannot write") || strings.Count(strings.TrimSpace(err.Error()), "\n") > 0 {
			t.Fatalf("with room for %d bytes a file the run ended with %v", room, err)
		}
		if room%(3*stride) == 2*stride {
			t.Setenv(childRoom, "")
			if err := child(context.Background(), folder); err != nil {
				t.Fatal(err)
			}
			sameFiles(t, want, filesOf(t, folder))
		}
	}
}
