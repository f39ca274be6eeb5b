package data

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// cifar10 is the data set that He et al. study their deepest nets on (section
// 4.2): small photographs of ten kinds of things (Krizhevsky 2009, Learning
// multiple layers of features from tiny images).
//
// The MD5 sum is that of the page www.cs.toronto.edu/~kriz/cifar.html, which
// publishes no other.
var cifar10 = source{
	info: Info{
		Name:    "cifar10",
		About:   "photographs of animals and vehicles",
		Source:  "Krizhevsky 2009",
		Licence: "none stated; its page asks to cite the report",
		Classes: []string{"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"},
		Train:   50000, Test: 10000, H: cifarEdge, W: cifarEdge, C: 3,
	},
	files:   []file{{name: "cifar-10-binary.tar.gz", size: 170052171, md5: "c32a1d4ab5d03f1284b67883e8d87530"}},
	mirrors: []string{"https://www.cs.toronto.edu/~kriz/"},
	inside: &contents{"cifar-10-batches-bin", []file{
		{name: "data_batch_1.bin", size: cifarBatch},
		{name: "data_batch_2.bin", size: cifarBatch},
		{name: "data_batch_3.bin", size: cifarBatch},
		{name: "data_batch_4.bin", size: cifarBatch},
		{name: "data_batch_5.bin", size: cifarBatch},
		{name: "test_batch.bin", size: cifarBatch},
	}},
	read:   readCIFARSets,
	places: func() []string { return nil },
	remedy: "unpack cifar-10-binary.tar.gz there by hand",
}

// A CIFAR-10 file in binary format: pictures without a header.
//
//	label (1 byte), 32*32 reds, 32*32 greens, 32*32 blues
const (
	cifarEdge   = 32
	cifarPlane  = cifarEdge * cifarEdge
	cifarRecord = 1 + 3*cifarPlane
	cifarBatch  = 10000 * cifarRecord
)

// ReadCIFAR10 reads a whole file of CIFAR-10 in binary format, and returns the
// pixels of its 32x32 pictures, rows of pixels of red, green and blue, and their
// labels, 0 to 9. A file that is cut short or has another label is an error;
// memory grows with what has come.
func ReadCIFAR10(r io.Reader) (pixels []uint8, labels []int, err error) {
	content, err := readUpTo(r, maxIDX)
	switch {
	case err == nil:
		return nil, nil, errors.New("the file is far too large for one of CIFAR-10")
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		return nil, nil, reason(err)
	case len(content) == 0:
		return nil, nil, errors.New("the file is empty")
	case len(content)%cifarRecord != 0:
		return nil, nil, fmt.Errorf("the file is cut short: it ends within picture %d", len(content)/cifarRecord)
	}
	n := len(content) / cifarRecord
	pixels, labels = make([]uint8, n*3*cifarPlane), make([]int, n)
	for i := range n {
		record := content[i*cifarRecord : (i+1)*cifarRecord]
		if labels[i] = int(record[0]); labels[i] > 9 {
			return nil, nil, fmt.Errorf("label %d is %d, but there are only the classes 0 to 9", i, labels[i])
		}
		picture := pixels[i*3*cifarPlane : (i+1)*3*cifarPlane]
		for k, v := range record[1:] {
			picture[k%cifarPlane*3+k/cifarPlane] = v
		}
	}
	return pixels, labels, nil
}

// readCIFARSets reads all batches; the last is the test set.
func readCIFARSets(folder string, info Info, files []file) (train, test *Set, err error) {
	sets := [2]*Set{}
	for i, part := range []string{"train", "test"} {
		sets[i] = &Set{Name: info.Name + " " + part, H: cifarEdge, W: cifarEdge, C: 3, Classes: info.Classes}
	}
	for i, f := range files {
		set := sets[i/(len(files)-1)]
		err := readFile(folder, f, func(in *os.File) error {
			pixels, labels, err := ReadCIFAR10(in)
			set.Pixels, set.Labels = append(set.Pixels, pixels...), append(set.Labels, labels...)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return sets[0], sets[1], nil
}
