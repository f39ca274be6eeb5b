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
// [List] says which data sets there are and where they lie. The package itself
// carries no picture: see [Load] for where it looks.
package data
