// Package spring draws what a garden shows in spring: six flowers and four
// insects. A picture is drawn from its kind, its size and
// the state of a stream of random numbers, and from nothing else.
//
// All arithmetic is on whole numbers. Processors round sums of products
// differently (arm64 fuses a multiplication and an addition, amd64 does not),
// and a data set must have the same bytes everywhere.
//
// The files, from the bottom up:
//
//	fix.go         numbers with 16 binary places, sines, roots
//	frame.go       where a thing stands, how it is turned and how large it is
//	shape.go       discs, petals, lines: what is inside and how far the edge is
//	colour.go      colours, and brushes that say the colour of each place
//	canvas.go      pixels; a shape is laid over them, its edge soft or sharp
//	artist.go      draws on a canvas, with dice in hand
//	blossom.go     peach, apricot and pear blossom
//	flower.go      sunflower, tulip, wild daisy
//	insect.go      bee, butterfly, dragonfly, ladybird
//	background.go  meadow, sky, earth; leaves and light out of focus
//	picture.go     puts all together: place, pose, light, overlap, blur, grain
package spring
