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
	Kind    string  `json:"kind"`
	Batch   int     `json:"batch"`
	Input   [3]int  `json:"input"` // H, W, C
	Pass    string  `json:"pass"`
	MS      float64 `json:"ms"`
	GFLOPS  float64 `json:"gflops"`
	Share   float64 `json:"share"` // of one core's peak
	PerByte float64 `json:"flops_per_byte"`
}

// convolution is a layer of a net and how often the net has it.
type convolution struct {
	name  string
	count int
	layer ladder.Layer
}

// convolutions lists the convolutions of different shapes of a net, for
// batches of n. A forward pass of one picture shows what each of them sees.
func convolutions(model nn.Model, n int) []*convolution {
	net := model.New(0, 0)
	var found []*convolution
	known := map[ladder.Layer]*convolution{}
	convs := map[string]*nn.Conv2D{}
	nn.Walk(net, func(path string, l nn.Layer) {
		if conv, ok := l.(*nn.Conv2D); ok {
			convs[path] = conv
		}
	})
	for path, conv := range convs {
		nn.Replace(net, path, &witness{conv, func(h, w int) {
			layer := ladder.Layer{N: n, H: h, W: w, ConvConfig: conv.Config()}
			if known[layer] == nil {
				known[layer] = &convolution{name: path, layer: layer}
				found = append(found, known[layer])
			}
			known[layer].count++
		}})
	}
	net.Forward(nn.NewTensor(1, model.Input[0], model.Input[1], model.Input[2]), false)
	return found
}

// witness stands in the place of a convolution and tells the size of what it sees.
type witness struct {
	*nn.Conv2D
	tell func(h, w int)
}

func (w *witness) Forward(x *nn.Tensor, train bool) *nn.Tensor {
	w.tell(x.Shape[1], x.Shape[2])
	return w.Conv2D.Forward(x, train)
}

// timeLayer times one pass on one core.
func timeLayer(net string, c *convolution, pass ladder.Pass, peak float64, about time.Duration) LayerTime {
	seconds := c.layer.Time(pass, 1, about)
	flops := 2 * float64(c.layer.MultiplyAdds())
	return LayerTime{
		Net: net, Name: c.name, Count: c.count, Batch: c.layer.N, Pass: pass.String(),
		Kind:  fmt.Sprint(nn.NewConv2D(c.layer.ConvConfig)),
		Input: [3]int{c.layer.H, c.layer.W, c.layer.In},
		MS:    1e3 * seconds, GFLOPS: flops / seconds / 1e9, Share: flops / seconds / 1e9 / peak,
		PerByte: flops / float64(c.layer.Bytes()),
	}
}
