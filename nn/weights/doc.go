// Package weights keeps what a training has learned: weights for others, in the
// format that most of the field reads, and checkpoints to go on from.
//
//	err := weights.Save("model.safetensors", model, weights.Metadata{Model: "resnet20", Input: []int{28, 28, 1}, ...})
//	model, meta, err := weights.Build("model.safetensors")
//
// A file of weights has the names of published checkpoints, as
// "layer1.0.conv1.weight", and PyTorch's order of axes, whatever nn has in
// memory. A checkpoint is a file of the same format, but with everything that the
// next step depends on, as it lies in memory: see [Checkpoint].
package weights
