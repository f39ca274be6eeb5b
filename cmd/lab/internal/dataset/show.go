package dataset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"reslab/cmd/lab/internal/terminal"
	"reslab/nn"
	"reslab/nn/data"
	"reslab/viz"
)

// Show is lab data show.
type Show struct {
	Name      string `arg:"" help:"Name of the data set, as mnist, or a folder with a sub-folder for each class."`
	Augmented bool   `help:"Show pictures beside what chance may make of them in a training."`
	Out       string `help:"Picture file to write; without it the pictures are drawn on the terminal, or written to NAME.png where there is none." placeholder:"FILE.png"`
}

// Help is shown by --help.
func (Show) Help() string {
	return "Examples:\n  lab data show mnist\n  lab data show mnist --out digits.png\n  lab data show photos/flowers --augmented --out flowers.png"
}

const (
	shown      = 40 // pictures of a grid
	originals  = 8  // pictures of an augmented grid
	variants   = 5  // that each has
	folderEdge = 96 // of a folder's pictures
)

// Run draws a grid of labelled pictures.
func (s Show) Run(ctx context.Context, out io.Writer) error {
	if s.Out != "" && !strings.EqualFold(filepath.Ext(s.Out), ".png") {
		return terminal.Usage("--out %s: a picture is written as PNG; name a file that ends in .png", s.Out)
	}
	n, columns := shown, 0
	if s.Augmented {
		n, columns = originals, variants+1
	}
	pictures, err := s.open(n)
	if err != nil {
		return err
	}
	set, err := readable(ctx, pictures, n)
	if err != nil {
		return err
	}
	if s.Augmented {
		pipeline := augmentation(set)
		set = augment(set, pipeline)
		fmt.Fprintf(os.Stderr, "each row: a picture, then %s, by chance\n", pipeline)
	}
	if s.Out == "" && terminal.Is(out) {
		_, err := io.WriteString(out, blocks(set, columns, terminal.Width(out)))
		return err
	}
	return s.write(out, set, columns)
}

// write writes a picture file and says which.
func (s Show) write(out io.Writer, set *data.Set, columns int) error {
	indices := make([]int, set.Len())
	for i := range indices {
		indices[i] = i
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, data.GridOf(set, indices, columns)); err != nil {
		return fmt.Errorf("drawing %s: %w", s.Name, err)
	}
	path := s.Out
	if path == "" {
		folder, err := filepath.Abs(s.Name) // the folder "." has a name too
		if err != nil {
			return err
		}
		path = filepath.Base(folder) + ".png"
	}
	if err := viz.WriteFile(path, picture.Bytes()); err != nil {
		return fmt.Errorf("%w; choose another file with --out", err)
	}
	_, err := fmt.Fprintln(out, path)
	return err
}

// open returns the pictures to learn from, those of a folder at one size. Of a
// folder, which is sorted, it takes some of each class; a data set is mixed.
func (s Show) open(n int) (*data.Pictures, error) {
	splits, err := data.Open(s.Name, data.SplitConfig{})
	if err != nil {
		return nil, err
	}
	for _, note := range splits.Notes {
		fmt.Fprintln(os.Stderr, note)
	}
	if splits.Train.H == 0 {
		fmt.Fprint(os.Stderr, counts(splits))
		return splits.Train.Fit(folderEdge, folderEdge).Spread(n), nil
	}
	return splits.Train, nil
}

// counts says how many pictures of each class a folder has, a line for each part.
func counts(splits *data.Splits) string {
	var b strings.Builder
	for _, part := range []struct {
		purpose  string
		pictures *data.Pictures
	}{{"to learn from", splits.Train}, {"to choose settings by", splits.Validation}, {"to test with", splits.Test}} {
		if part.pictures == nil {
			continue
		}
		of := make([]int, len(part.pictures.Classes))
		for _, label := range part.pictures.Labels {
			of[label]++
		}
		var words []string
		for label, class := range part.pictures.Classes {
			words = append(words, fmt.Sprintf("%s %d", class, of[label]))
		}
		fmt.Fprintf(&b, "%s: %s\n", part.purpose, strings.Join(words, ", "))
	}
	return b.String()
}

// readable returns n of the pictures. Those that cannot be read are named and
// left out.
func readable(ctx context.Context, pictures *data.Pictures, n int) (*data.Set, error) {
	var good []int
	for i := 0; i < pictures.Len() && len(good) < n; i++ {
		if _, err := pictures.Open(i); err != nil {
			fmt.Fprintf(os.Stderr, "left out: %s: %v\n", pictures.NameOf(i), err)
			continue
		}
		good = append(good, i)
	}
	if len(good) == 0 {
		return nil, errors.New("none of the pictures can be read")
	}
	return pictures.Subset(good).Gather(ctx)
}

// augmentation is what a training may do to pictures: grey ones, digits maybe,
// are not mirrored.
func augmentation(set *data.Set) data.Pipeline {
	pipeline := data.Pipeline{data.PadAndCrop(set.H/8, set.H, set.W)}
	if set.C == 3 {
		pipeline = append(pipeline, data.Flip())
	}
	return pipeline
}

// augment puts so many variants behind each picture.
func augment(set *data.Set, pipeline data.Pipeline) *data.Set {
	all := *set
	all.Pixels, all.Labels = nil, nil
	for i := range set.Len() {
		for k := range variants + 1 {
			picture := set.Picture(i)
			if k > 0 {
				picture = pipeline.Apply(picture, nn.NewRandomAt(1, fmt.Sprint(i, " ", k)))
			}
			all.Pixels, all.Labels = append(all.Pixels, picture.Pixels...), append(all.Labels, set.Label(i))
		}
	}
	return &all
}
