package classify

import (
	"fmt"
	"path/filepath"

	"reslab/experiments/train"
	"reslab/viz"
)

// explain draws each picture as the net saw it, and beside it the places that speak
// for the likeliest class. Pictures that could not be read are left out.
func explain(path string, all []train.Classification) error {
	grid := viz.NewImageGrid("What speaks for the name")
	grid.Subtitle = "the redder a place, the more of the score of the likeliest class comes from it"
	grid.Source = "class activation map, Zhou et al. 2016, arXiv 1512.04150"
	grid.Scale = 1
	for _, c := range all {
		if c.Error == "" {
			grid.Scale = max(1, least/c.Seen.Bounds().Dx())
			grid.AddImage(filepath.Base(c.Image), c.Seen)
			grid.AddImage(fmt.Sprintf("%s, %.0f %%", c.Top[0].Label, 100*c.Top[0].P), viz.Overlay(c.Seen, c.Map))
		}
	}
	if grid.Len() == 0 {
		return nil
	}
	if grid.Columns = 2; grid.Len() > 4 {
		grid.Columns = 4
	}
	drawn, err := viz.PNG(grid)
	if err != nil {
		return err
	}
	return viz.WriteFile(path, drawn)
}

// least is how wide small pictures are drawn, in CSS pixels.
const least = 200
