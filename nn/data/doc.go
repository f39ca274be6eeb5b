// Package data brings labelled pictures to a network: finding and reading data
// sets, shrinking and splitting them, and dealing out batches.
//
//	train, test, err := data.Load("mnist")
//	loader := data.NewLoader(train, data.LoaderConfig{Batch: 64, Seed: 1})
//	training := &nn.Training{Model: net, Batches: loader.Batch, ...}
//	...
//	nn.Evaluate(ctx, net, test.All(250), 1)
//
// A Set holds pictures as bytes, just as files do; a batch of it is a tensor of
// normalised float32. The same seed deals the same batches on every machine.
//
// Pictures are made when they are asked for, and so may be many: a folder of
// photographs, say, which [Open] or [Folder] divides into parts to learn from, to
// choose settings by and to test with. A Pipeline of transforms changes them by
// chance on their way, and a Loader makes the next batches while the net works:
//
//	splits, err := data.Open("photos/flowers", data.SplitConfig{Validation: 0.1, Test: 0.1})
//	train := splits.Train.Fit(64, 64).Cached(256 << 20)
//	loader := train.Loader(data.LoaderConfig{Batch: 64, Seed: 1, Workers: 4,
//		Transforms: data.Pipeline{data.PadAndCrop(8, 64, 64), data.Flip()}})
//
// [List] says which data sets there are and where they lie. The package itself
// carries no picture: see [Load] for where it looks.
package data
