package kernel

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"

	"reslab/lessons/lab"
	"reslab/nn"
	"reslab/viz"
)

// mostPoints is how many points a curve of a display has; more than a screen is
// wide.
const mostPoints = 2000

// draw draws v in the first of the accepted kinds in which it can be drawn.
// The kind is Text, without data, if there is none.
func draw(v any, accept []Kind) (kind Kind, data string, err error) {
	if v, ok := v.(lab.Verdict); ok {
		return Verdict, asJSON(map[string]any{"exercise": v.Exercise, "passed": v.Passed(), "counterexample": v.Counterexample}), nil
	}
	for _, kind := range accept {
		data, err := drawAs(v, kind)
		if err != nil {
			return Text, "", fmt.Errorf("it cannot be drawn: %w", err)
		}
		if data != "" {
			return kind, data, nil
		}
	}
	return Text, "", nil
}

// forPage is what package lab has for a page to draw; as JSON it is the data.
type forPage interface{ PageKind() string }

// drawAs draws v in one kind; data is empty if v cannot be drawn so.
func drawAs(v any, kind Kind) (data string, err error) {
	switch v := v.(type) {
	case forPage:
		if Kind(v.PageKind()) == kind {
			return asJSON(v), nil
		}
	case viz.Picture:
		if grid, ok := v.(*viz.ImageGrid); ok && kind == Letters {
			return gridLetters(grid), nil
		}
		if data, err := pictureData(v, kind); data != "" || err != nil {
			return data, err
		}
		return drawPicture(viz.Thin(v, mostPoints), kind)
	case image.Image:
		if kind == PNG {
			return drawImage(v)
		}
	case *nn.Tensor:
		if kind == Tensor {
			return tensorData(v), nil
		}
		if grid := gridOf(v); grid != nil {
			return drawPicture(grid, kind)
		}
	case *viz.Report:
		if kind == HTML {
			page, err := v.HTML()
			return string(page), err
		}
	}
	return "", nil
}

func drawPicture(p viz.Picture, kind Kind) (string, error) {
	switch kind {
	case PNG:
		data, err := viz.PNG(p)
		return base64.StdEncoding.EncodeToString(data), err
	case SVG:
		data, err := viz.SVG(p)
		return string(data), err
	case ECharts:
		chart, err := viz.Inline(p)
		if err != nil || string(chart.Option) == "null" { // it stays still
			return "", err
		}
		return withNarrow(chart, p)
	case Letters:
		if figure, ok := p.(*viz.Figure); ok {
			return viz.Text(figure, 78, 20, true)
		}
	}
	return "", nil
}

// phone is how wide a chart is that a phone shows, in CSS pixels.
const phone = 360

// withNarrow is a chart as JSON, with the same once more for a phone.
func withNarrow(chart viz.Chart, p viz.Picture) (string, error) {
	both := struct {
		viz.Chart
		Narrow *viz.Chart `json:"narrow,omitempty"`
	}{Chart: chart}
	if narrow := viz.Narrow(p, phone); narrow != p {
		drawn, err := viz.Inline(narrow)
		if err != nil {
			return "", err
		}
		both.Narrow = &drawn
	}
	return asJSON(both), nil
}

func drawImage(m image.Image) (string, error) {
	var data bytes.Buffer
	if err := png.Encode(&data, m); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(data.Bytes()), nil
}

const (
	smallPicture = 8  // pixels: up to this edge the numbers themselves are shown
	mostTiles    = 64 // channels of pictures that are drawn
)

// gridOf returns the channels of pictures [N, H, W, C] or [H, W, C] side by
// side, nil if t is better read as numbers.
func gridOf(t *nn.Tensor) viz.Picture {
	if t == nil || len(t.Shape) < 3 || len(t.Shape) > 4 {
		return nil
	}
	size := t.Shape[len(t.Shape)-3:]
	h, w, channels := size[0], size[1], size[2]
	if max(h, w) <= smallPicture || channels == 0 || len(t.Data) == 0 {
		return nil
	}
	grid := viz.NewImageGrid(fmt.Sprintf("tensor %v", t.Shape))
	for at := 0; at+h*w*channels <= len(t.Data); at += h * w * channels {
		for c := range channels {
			if grid.Len() == mostTiles {
				grid.Subtitle = fmt.Sprintf("the first %d of %d channels", mostTiles, len(t.Data)/(h*w))
				return grid
			}
			plane := make([]float64, h*w)
			for i := range plane {
				v := float64(t.Data[at+i*channels+c])
				plane[i] = v
				grid.Signed = grid.Signed || v < 0
			}
			rows := make([][]float64, h)
			for i := range rows {
				rows[i] = plane[i*w : (i+1)*w]
			}
			grid.Add("", rows)
		}
	}
	return grid
}

// asJSON writes a value of ours, which can be written.
func asJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}
