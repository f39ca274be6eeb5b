package kernel

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// reserve keeps what were standard input and output for the protocol, and puts
// an empty input and the given output in their place.
func reserve(output *os.File) (in, out *os.File, err error) {
	empty, err := os.Open(os.DevNull)
	if err != nil {
		return nil, nil, fmt.Errorf("opening an empty input: %w", err)
	}
	in, out = os.Stdin, os.Stdout
	for handle, file := range map[uint32]*os.File{windows.STD_INPUT_HANDLE: empty, windows.STD_OUTPUT_HANDLE: output} {
		if err := windows.SetStdHandle(handle, windows.Handle(file.Fd())); err != nil {
			return nil, nil, fmt.Errorf("taking a standard stream over: %w", err)
		}
	}
	os.Stdin, os.Stdout = empty, output
	return in, out, nil
}
