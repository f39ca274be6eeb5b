package data

// fashionMNIST is made to replace MNIST where that is too easy: same sizes, ten
// kinds of clothes (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747).
//
// The SHA-256 sums are those that several projects publish; the MD5 sums of its
// README belong to the same files. Debian packs the same streams without the
// time and the name in gzip's header: with these put back (31 August 2017), its
// four files have just these sums.
var fashionMNIST = source{
	info: Info{
		Name:    "fashion-mnist",
		About:   "clothes from a shop",
		Source:  "Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747",
		Licence: "MIT",
		Classes: []string{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"},
		Train:   60000, Test: 10000, H: 28, W: 28, C: 1,
	},
	files: []file{
		{name: "train-images-idx3-ubyte.gz", size: 26421880, sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"},
		{name: "train-labels-idx1-ubyte.gz", size: 29515, sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"},
		{name: "t10k-images-idx3-ubyte.gz", size: 4422102, sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"},
		{name: "t10k-labels-idx1-ubyte.gz", size: 5148, sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"},
	},
	read: readIDXSets,
	mirrors: []string{
		"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
		"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
	},
	places: func() []string { return []string{"/usr/share/datasets/fashion-mnist"} },
	remedy: "install the package dataset-fashion-mnist if this is Debian",
}
