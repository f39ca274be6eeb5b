package data_test

import (
	"fmt"
	"log"

	"reslab/nn/data"
)

// Load finds MNIST where the go command put it.
func Example() {
	train, test, err := data.Load("mnist")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(train)
	fmt.Println(test)
	fmt.Println("the first is a", train.Class(0))

	x, labels := train.Shrink(14, 14).Batch([]int{0, 1, 2, 3})
	fmt.Println(x.Shape, labels)
	// Output:
	// mnist train: 60000 pictures of 28x28x1 in 10 classes
	// mnist test: 10000 pictures of 28x28x1 in 10 classes
	// the first is a 5
	// [4 14 14 1] [5 0 4 1]
}

func ExampleNoise() {
	noise := data.Noise(data.NoiseConfig{N: 4, H: 1, W: 4, C: 1, Seed: 7})
	loader := data.NewLoader(noise, data.LoaderConfig{Batch: 2, Seed: 1})
	x, labels := loader.Batch(0)
	fmt.Println(noise)
	fmt.Println(noise.Pixels, noise.Labels)
	fmt.Println(x.Shape, labels)
	// Output:
	// noise: 4 pictures of 1x4x1 in 10 classes
	// [198 34 146 78 132 151 102 14 120 163 189 191 207 182 243 188] [8 7 0 6]
	// [2 1 4 1] [0 7]
}
