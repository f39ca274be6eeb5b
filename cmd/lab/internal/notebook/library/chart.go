package library

import (
	"fmt"
	"math"

	"reslab/cmd/lab/internal/progress"
)

// chart is how sure one was against how often one was right: a dot for all
// predictions of about the same sureness, as large as they are many. On the
// diagonal one knows well what one knows.
type chart struct {
	Dots []dot
	Text string // for those who do not see it
}

// dot is a place in the unit square of 100 x 100, y down.
type dot struct {
	X, Y, R float64
	Label   string
}

// newChart returns nil where there is nothing to draw.
func newChart(c progress.Calibration) *chart {
	if c.Bets == 0 {
		return nil
	}
	drawn := &chart{}
	for _, b := range c.Bins {
		right := float64(b.Right) / float64(b.Bets)
		label := fmt.Sprintf("%.0f %% sure: right in %d of %d", 100*b.Sure, b.Right, b.Bets)
		drawn.Dots = append(drawn.Dots, dot{
			X: math.Round(1000*b.Sure) / 10, Y: math.Round(1000*(1-right)) / 10, R: math.Round(10*(2+1.5*math.Sqrt(float64(b.Bets)))) / 10, Label: label,
		})
		drawn.Text += label + ". "
	}
	return drawn
}
