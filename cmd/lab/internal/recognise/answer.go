package recognise

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strconv"

	"reslab/experiments/train"
	"reslab/nn/data"
	"reslab/viz"
)

// likeliest is how many classes are told.
const likeliest = 5

// answer is what the net says of a picture. Pictures are PNG files.
type answer struct {
	Top    []train.Guess `json:"top"`    // the likeliest first; none if nothing was drawn
	Seen   []byte        `json:"seen"`   // the picture as the net sees it
	Width  int           `json:"width"`  // of what it sees
	Height int           `json:"height"` // likewise
	Speaks []speaks      `json:"speaks"`
}

// speaks shows which places of a picture speak for a class.
type speaks struct {
	Index   int    `json:"index"`
	Label   string `json:"label"`
	Picture []byte `json:"picture"`
}

// look names a picture. It explains all classes that it tells, or the first of
// them (explain is "first"), or the class with a number, or "none": a second pass
// through the net is saved then.
func (s *Server) look(ctx context.Context, picture *data.Picture, explain string) (*answer, error) {
	if picture == nil {
		return &answer{Top: []train.Guess{}, Speaks: []speaks{}}, nil
	}
	seen, err := s.net.See(picture)
	if err != nil {
		return nil, err
	}
	a := &answer{Width: seen.W, Height: seen.H, Speaks: []speaks{}}
	if a.Top, err = s.net.Name(seen, likeliest); err != nil {
		return nil, err
	}
	classes, err := s.asked(explain, a.Top)
	if err != nil || ctx.Err() != nil {
		return nil, err
	}
	shown := seen.Image()
	if a.Seen, err = encode(shown); err != nil {
		return nil, err
	}
	if len(classes) == 0 {
		return a, nil
	}
	maps := s.net.Explain(seen)
	for _, class := range classes {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		drawn, err := encode(viz.Overlay(shown, maps.Of(class)))
		if err != nil {
			return nil, err
		}
		a.Speaks = append(a.Speaks, speaks{class, s.about.Classes[class], drawn})
	}
	return a, nil
}

// asked lists the classes to explain.
func (s *Server) asked(explain string, top []train.Guess) (classes []int, err error) {
	for _, guess := range top {
		classes = append(classes, guess.Index)
	}
	switch explain {
	case "":
		return classes, nil
	case "first":
		return classes[:1], nil
	case "none":
		return nil, nil
	}
	class, err := strconv.Atoi(explain)
	if err != nil || class < 0 || class >= len(s.about.Classes) {
		return nil, fmt.Errorf("the net has no class %q: load the page again", explain)
	}
	return []int{class}, nil
}

// encode writes a picture as fast as PNG goes: it is read at once, and not kept.
func encode(picture image.Image) ([]byte, error) {
	var file bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, picture)
	return slices.Clip(file.Bytes()), err
}
