package bench

import (
	"fmt"
	"time"

	"reslab/nn"
	"reslab/nn/ladder"
)

// LayerTime is one pass of a convolution, timed on one core.
type LayerTime struct {
	Net     string  `json:"net"`
	Name    string  `json:"name"`  // path of the first layer of this shape
	Count   int     `json:"count"` // how many the net has
	Kind    string  `json:"kind"`  // as "3x3, 64 to 128, /2"
	Batch   int     `json:"batch"`
	Input   [3]int  `json:"input"` // H, W, C
	Pass    string  `json:"pass"`
	Method  string  `json:"method"` // direct or winograd
	Chosen  bool    `json:"chosen"` // the nets do it by this method
	MS      float64 `json:"ms"`
	GFLOPS  float64 `json:"gflops"`         // counting what direct convolution multiplies and adds
	Peak    float64 `json:"peak_gflops"`    // of one core, measured in turns with the layer
	Share   float64 `json:"share"`          // of that
	PerByte float64 `json:"flops_per_byte"` // of memory that it must read or write
}

// convolution is a layer of a net and how often the net has it.
type convolution struct {
	net   string
	name  string
	count int
	layer ladder.Layer
}

// convolutions lists the convolutions of different shapes of a net, for
// batches of n. A forward pass of one picture shows what each of them sees.
func convolutions(model nn.Model, n int) []*convolution {
	net := model.New(0, 0)
	var witnesses []*witness
	nn.Walk(net, func(path string, l nn.Layer) {
		if conv, ok := l.(*nn.Conv2D); ok {
			witnesses = append(witnesses, &witness{Conv2D: conv, path: path})
		}
	})
	var found []*convolution
	known := map[ladder.Layer]*convolution{}
	for _, w := range witnesses {
		w.tell = func(height, width int) {
			layer := ladder.Layer{N: n, H: height, W: width, ConvConfig: w.Config()}
			if known[layer] == nil {
				known[layer] = &convolution{net: model.Name, name: w.path, layer: layer}
				found = append(found, known[layer])
			}
			known[layer].count++
		}
		nn.Replace(net, w.path, w)
	}
	net.Forward(nn.NewTensor(1, model.Input[0], model.Input[1], model.Input[2]), false)
	return found
}

// witness stands in the place of a convolution and tells the size of what it sees.
type witness struct {
	*nn.Conv2D
	path string
	tell func(height, width int)
}

func (w *witness) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	w.tell(x.Shape[1], x.Shape[2])
	return w.Conv2D.Forward(x, train)
}

// time measures one pass on one core: directly, and in Winograd's way if that
// is how nets do it.
func (c *convolution) time(pass ladder.Pass, about time.Duration) []LayerTime {
	winograd := c.layer.Winograd(pass)
	times := []LayerTime{c.timeBy("direct", pass, about)}
	if winograd {
		times = append(times, c.timeBy("winograd", pass, about))
	}
	times[len(times)-1].Chosen = true
	return times
}

func (c *convolution) timeBy(method string, pass ladder.Pass, about time.Duration) LayerTime {
	took := c.layer.Time(pass, method == "direct", 1, about)
	flops := 2 * float64(c.layer.MultiplyAdds())
	gflops := flops / took.Seconds / 1e9
	return LayerTime{
		Net: c.net, Name: c.name, Count: c.count, Batch: c.layer.N, Pass: pass.String(), Method: method,
		Kind: kind(c.layer.ConvConfig), Input: [3]int{c.layer.H, c.layer.W, c.layer.In},
		MS: 1e3 * took.Seconds, GFLOPS: gflops, Peak: took.Peak, Share: gflops / took.Peak,
		PerByte: flops / float64(c.layer.Bytes()),
	}
}

// kind describes a convolution in a few letters.
func kind(c nn.ConvConfig) string {
	k := fmt.Sprintf("%dx%d, %d to %d", c.Kernel, c.Kernel, c.In, c.Out)
	if c.Stride > 1 {
		k += fmt.Sprintf(", /%d", c.Stride) // as the paper writes a stride
	}
	return k
}
