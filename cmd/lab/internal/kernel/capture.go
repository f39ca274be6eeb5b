package kernel

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"os"
)

// A capture is the reading end of what was one of the process's standard
// streams: all that any code of the process writes there comes through it, in
// order.
type capture struct {
	write *os.File
	mark  []byte // no output has it: it tells how far the reader has come
	met   chan struct{}
}

// startCapture makes a pipe and hands what is written to it to put, from a
// goroutine of its own.
func startCapture(put func([]byte)) (*capture, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe for the output of cells: %w", err)
	}
	c := &capture{write: write, mark: append([]byte{0}, rand.Text()...), met: make(chan struct{})}
	go c.pump(read, put)
	return c, nil
}

func (c *capture) pump(from io.Reader, put func([]byte)) {
	var held []byte // the beginning of what may be a mark
	chunk := make([]byte, 32<<10)
	for {
		n, err := from.Read(chunk)
		data := append(held, chunk[:n]...)
		for {
			before, after, found := bytes.Cut(data, c.mark)
			if !found {
				break
			}
			put(before)
			c.met <- struct{}{}
			data = after
		}
		whole := len(data) - c.begun(data)
		put(data[:whole])
		held = bytes.Clone(data[whole:])
		if err != nil {
			return
		}
	}
}

// begun returns how many bytes at the end of data begin a mark.
func (c *capture) begun(data []byte) int {
	i := bytes.LastIndexByte(data, c.mark[0])
	if i >= 0 && bytes.HasPrefix(c.mark, data[i:]) {
		return len(data) - i
	}
	return 0
}

// drain returns when all that was written until now has been handed on. It
// fails if the stream was closed.
func (c *capture) drain() error {
	if _, err := c.write.Write(c.mark); err != nil {
		return err
	}
	<-c.met
	return nil
}
