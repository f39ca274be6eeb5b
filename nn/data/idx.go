package data

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// An IDX file, the format of MNIST: big-endian 32-bit numbers, then bytes.
//
//	0x00000803 N H W  N*H*W pixels     pictures: type 8 (bytes), 3 axes
//	0x00000801 N      N labels         labels: type 8 (bytes), 1 axis
const (
	idxBytes = 0x0800

	// maxIDX bounds what a header may promise: no IDX set is near a gigabyte.
	maxIDX = 1 << 30
)

// ReadIDXImages reads a whole IDX file of grey pictures, packed by gzip or not.
// It returns their pixels, rows of each picture in turn, and the shape N, H, W.
// A file that is cut short, damaged, or goes on after its last picture is an error;
// memory grows with what has come, not with what the header promises.
func ReadIDXImages(r io.Reader) (pixels []uint8, shape [3]int, err error) {
	pixels, sizes, err := readIDX(r, "pictures", 3)
	if err != nil {
		return nil, shape, err
	}
	return pixels, [3]int(sizes), nil
}

// ReadIDXLabels reads a whole IDX file of labels, packed by gzip or not, under
// the same conditions; each label must be less than classes.
func ReadIDXLabels(r io.Reader, classes int) (labels []int, err error) {
	bytes, _, err := readIDX(r, "labels", 1)
	if err != nil {
		return nil, err
	}
	labels = make([]int, len(bytes))
	for i, b := range bytes {
		if int(b) >= classes {
			return nil, fmt.Errorf("label %d is %d, but there are only the classes 0 to %d", i, b, classes-1)
		}
		labels[i] = int(b)
	}
	return labels, nil
}

// readIDX reads an IDX file of bytes along so many axes; the first counts the
// things.
func readIDX(r io.Reader, things string, axes int) (data []byte, sizes []int, err error) {
	r, err = unzip(r)
	if err != nil {
		return nil, nil, reason(err)
	}
	sizes, total, err := readIDXHeader(r, things, axes)
	if err != nil {
		return nil, nil, err
	}
	data, err = readUpTo(r, total)
	if len(data) < total && (err == io.EOF || err == io.ErrUnexpectedEOF) {
		return nil, nil, fmt.Errorf("the file is cut short: it should have %d %s and ends after %d", sizes[0], things, len(data)/(total/sizes[0]))
	}
	if err != nil {
		return nil, nil, reason(err)
	}
	// Only the end of the file tells that gzip's checksum is right.
	switch _, err := io.ReadFull(r, make([]byte, 1)); err {
	case io.EOF:
		return data, sizes, nil
	case nil:
		return nil, nil, fmt.Errorf("the file goes on after the %d %s that its header promises", sizes[0], things)
	default:
		return nil, nil, reason(err)
	}
}

func readIDXHeader(r io.Reader, things string, axes int) (sizes []int, total int, err error) {
	var magic uint32
	if err := readNumbers(r, &magic); err != nil {
		return nil, 0, err
	}
	if want := uint32(idxBytes + axes); magic != want {
		return nil, 0, fmt.Errorf("this is not an IDX file of %s: it begins with %#08x instead of %#08x", things, magic, want)
	}
	shape := make([]uint32, axes)
	if err := readNumbers(r, shape); err != nil {
		return nil, 0, err
	}
	total = 1
	for _, size := range shape {
		if size == 0 || size > uint32(maxIDX/total) {
			return nil, 0, fmt.Errorf("the header promises %s of the shape %d: the file is damaged", things, shape)
		}
		total *= int(size)
		sizes = append(sizes, int(size))
	}
	return sizes, total, nil
}

func readNumbers(r io.Reader, into any) error {
	err := binary.Read(r, binary.BigEndian, into)
	switch err {
	case nil:
		return nil
	case io.EOF, io.ErrUnexpectedEOF:
		return errors.New("the file is cut short: it ends within its header")
	}
	return reason(err)
}

// unzip unpacks r if it is packed by gzip.
func unzip(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if magic, err := b.Peek(2); err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
		return b, nil // an error comes again with the first Read
	}
	return gzip.NewReader(b)
}

// readUpTo reads n bytes, or fewer and the error that ended them. The buffer
// doubles as they come: a header that lies costs no memory.
func readUpTo(r io.Reader, n int) ([]byte, error) {
	data := make([]byte, 0, min(n, 1<<20))
	for {
		k, err := io.ReadFull(r, data[len(data):cap(data)])
		data = data[:len(data)+k]
		if err != nil || len(data) == n {
			return data, err
		}
		data = slices.Grow(data, min(len(data), n-len(data)))
		data = data[:len(data):min(cap(data), n)]
	}
}

// reason says in plain words what is wrong with a file that could not be read.
func reason(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return errors.New("the file is cut short")
	case err == gzip.ErrChecksum || err == gzip.ErrHeader || errors.As(err, &corrupt):
		return fmt.Errorf("the file is damaged (%w)", err)
	}
	return fmt.Errorf("the file cannot be read (%w)", err)
}
