// Package lessons holds the lessons: a folder each, with the lesson itself
// (lesson.md), the solutions of its exercises and the checks that judge them.
//
// A folder's name is the lesson's number and name, as 02-convolution. All else
// about a lesson, its title and how long it takes, stands in its lesson.md.
package lessons

import (
	"embed"

	_ "reslab/lessons/01-pictures-are-numbers" // the checks
	_ "reslab/lessons/02-convolution"          // its checks
	_ "reslab/lessons/03-pooling"
	_ "reslab/lessons/04-activations"
	_ "reslab/lessons/05-fully-connected"
	_ "reslab/lessons/06-softmax-and-cross-entropy"
	_ "reslab/lessons/07-backpropagation"
	_ "reslab/lessons/08-a-first-network"
	_ "reslab/lessons/09-initialisation-and-batch-norm"
	_ "reslab/lessons/10-deeper-is-worse"
	_ "reslab/lessons/11-the-residual-block"
	_ "reslab/lessons/12-a-thousand-layers"
	_ "reslab/lessons/13-resnet-50-layer-by-layer"
	_ "reslab/lessons/14-why-did-it-say-so"
	_ "reslab/lessons/15-name-your-own-flowers"
	_ "reslab/lessons/16-making-it-fast"
	_ "reslab/lessons/17-where-to-go-from-here"
)

// Files holds every lesson.md and solution.go.
//
//go:embed */lesson.md */solution.go
var Files embed.FS
