//go:build unix

package kernel

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// reserve keeps what were standard input and output for the protocol, and puts
// an empty input and the given output in their place.
func reserve(output *os.File) (in, out *os.File, err error) {
	empty, err := os.Open(os.DevNull)
	if err != nil {
		return nil, nil, fmt.Errorf("opening an empty input: %w", err)
	}
	if in, err = exchange(0, empty, "requests"); err != nil {
		return nil, nil, err
	}
	if out, err = exchange(1, output, "answers"); err != nil {
		return nil, nil, err
	}
	kept = append(kept, os.Stdin, os.Stdout)
	os.Stdin, os.Stdout = empty, output
	return in, out, nil
}

// exchange returns what stood at a descriptor and puts file there.
func exchange(descriptor int, file *os.File, name string) (*os.File, error) {
	kept, err := unix.FcntlInt(uintptr(descriptor), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return nil, fmt.Errorf("keeping descriptor %d for the protocol: %w", descriptor, err)
	}
	raw, err := file.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("taking descriptor %d over: %w", descriptor, err)
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = unix.Dup2(int(fd), descriptor) }); err != nil {
		failed = err
	}
	if failed != nil {
		return nil, fmt.Errorf("taking descriptor %d over: %w", descriptor, failed)
	}
	return os.NewFile(uintptr(kept), name), nil
}
