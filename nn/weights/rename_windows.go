package weights

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// rename gives a file another name, in one step; a file of that name is replaced.
// Windows refuses that while anybody has the file open, and what scans new files
// for viruses soon lets go of them: so it tries for a while.
func rename(from, to string) error {
	wait := time.Millisecond
	for {
		err := os.Rename(from, to)
		held := errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !held || wait > time.Second {
			return err
		}
		time.Sleep(wait)
		wait *= 2
	}
}
