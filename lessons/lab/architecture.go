package lab

import (
	"encoding/json"
	"fmt"
	"strings"

	"reslab/nn"
)

// A Blueprint is what Architecture shows: a model with its shapes.
type Blueprint struct {
	Input        []int  `json:"input"` // of one picture, without the batch
	Parts        []Part `json:"parts"`
	Params       int64  `json:"params"`
	MACs         int64  `json:"macs"` // multiply-adds
	WeightLayers int    `json:"weight_layers"`
}

// A Part is a layer, a group of layers, or a residual block.
type Part struct {
	Name   string `json:"name"`           // the path
	Kind   string `json:"kind,omitempty"` // of a layer
	Out    []int  `json:"out"`            // shape of the output for one picture
	Params int64  `json:"params,omitempty"`
	MACs   int64  `json:"macs,omitempty"`

	Inside   []Part `json:"inside,omitempty"`   // of a group, or a block's body
	Block    bool   `json:"block,omitempty"`    // it has a highway
	Open     bool   `json:"open,omitempty"`     // the highway is open
	Shortcut []Part `json:"shortcut,omitempty"` // what stands on the highway; nothing is the identity
	Times    int    `json:"times,omitempty"`    // above 1: so many alike follow each other, this is the first
	Last     string `json:"last,omitempty"`     // and that is the name of the last
}

// Architecture draws a model with the shapes that a picture takes on its way
// through it: its layers, its blocks and their shortcuts. Blocks that are
// alike are drawn once. Input is the size of one picture.
//
//	lab.Architecture(net, 28, 28, 1)
func Architecture(model nn.Layer, input ...int) {
	sum := nn.Summarise(model, input...) // panics where shapes do not fit, and says where
	parts, _ := describe("", model, sum.Input)
	Show(Blueprint{Input: input, Parts: parts, Params: sum.Params, MACs: sum.MACs, WeightLayers: sum.WeightLayers})
}

// describe returns the parts of a layer and the shape of its output. What has
// no name of its own is no group.
func describe(path string, l nn.Layer, in []int) (parts []Part, out []int) {
	switch l := l.(type) {
	case *nn.Sequential:
		out = in
		for _, c := range childrenOf(l) {
			inner, after := describe(below(path, c.name), c.layer, out)
			if _, group := c.layer.(*nn.Sequential); group && c.name != "" && len(inner) > 0 {
				inner = []Part{{Name: below(path, c.name), Out: after[1:], Inside: inner}}
			}
			parts, out = append(parts, inner...), after
		}
		return folded(parts), out
	case *nn.Residual:
		body, out := describe(path, l.Body, in)
		block := Part{Name: path, Out: out[1:], Inside: body, Block: true, Open: l.Skip}
		if l.Shortcut != nil && l.Skip {
			block.Shortcut, _ = describe(below(path, "downsample"), l.Shortcut, in)
		}
		return []Part{block}, out
	}
	layers := nn.Summarise(l, in[1:]...).Layers
	if len(layers) == 0 { // an identity
		return nil, in
	}
	one := layers[0]
	return []Part{{Name: path, Kind: one.Kind, Out: one.Out[1:], Params: one.Params, MACs: one.MACs}}, one.Out
}

func below(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

// A named layer is a child of a Sequential.
type named struct {
	name  string
	layer nn.Layer
}

// childrenOf lists the children of a Sequential. Walk visits each before what is
// in it, which is as much as a walk through the child alone visits.
func childrenOf(s *nn.Sequential) (children []named) {
	var all []named
	nn.Walk(s, func(path string, l nn.Layer) { all = append(all, named{path, l}) })
	for at := 1; at < len(all); {
		children = append(children, all[at])
		nn.Walk(all[at].layer, func(string, nn.Layer) { at++ })
	}
	return children
}

// folded puts blocks that are alike and follow each other into one.
func folded(parts []Part) (folded []Part) {
	var before string
	for _, p := range parts {
		alike := likeness(p)
		if last := len(folded) - 1; last >= 0 && p.hasBlock() && alike == before {
			folded[last].Times, folded[last].Last = max(folded[last].Times, 1)+1, p.Name
			continue
		}
		folded, before = append(folded, p), alike
	}
	return folded
}

func (p Part) hasBlock() bool {
	if p.Block {
		return true
	}
	for _, inner := range p.Inside {
		if inner.hasBlock() {
			return true
		}
	}
	return false
}

// likeness is the same for parts that differ in names alone.
func likeness(p Part) string {
	text, err := json.Marshal(p.nameless())
	if err != nil {
		panic(err) // numbers and strings can be written
	}
	return string(text)
}

func (p Part) nameless() Part {
	p.Name, p.Last = "", ""
	nameless := func(parts []Part) (out []Part) {
		for _, inner := range parts {
			out = append(out, inner.nameless())
		}
		return out
	}
	p.Inside, p.Shortcut = nameless(p.Inside), nameless(p.Shortcut)
	return p
}

// PageKind is the kind of display that draws a Blueprint on a page.
func (b Blueprint) PageKind() string { return "model" }

// String is a line for each layer or block.
func (b Blueprint) String() string {
	rows := [][3]string{{"input", "", sizeText(b.Input)}}
	var add func(parts []Part)
	add = func(parts []Part) {
		for _, p := range parts {
			if p.Kind == "" && !p.oneLine() {
				add(p.Inside)
				continue
			}
			rows = append(rows, [3]string{p.names(), p.what(), sizeText(p.Out)})
		}
	}
	add(b.Parts)
	var widths [2]int
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], len([]rune(row[i])))
		}
	}
	var text strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&text, "%-*s  %-*s  %s\n", widths[0], row[0], widths[1], row[1], row[2])
	}
	fmt.Fprintf(&text, "%d weight layers, %d parameters, %d multiply-adds", b.WeightLayers, b.Params, b.MACs)
	return text.String()
}

// oneLine tells a block, or a group that is one with what follows its highway.
func (p Part) oneLine() bool { return p.Block || len(p.Inside) > 0 && p.Inside[0].Block }

func (p Part) names() string {
	if p.Times > 1 {
		return fmt.Sprintf("%s to %s", p.Name, p.Last[strings.LastIndex(p.Last, ".")+1:])
	}
	return p.Name
}

// what describes a layer in its own words, and a block by the names in it.
func (p Part) what() string {
	if p.Kind != "" {
		return p.Kind
	}
	block, after := p, []Part(nil)
	if !p.Block {
		block, after = p.Inside[0], p.Inside[1:]
	}
	text := "[" + namesOf(block.Inside, p.Name) + "]"
	switch {
	case block.Open && len(block.Shortcut) > 0:
		text += " + downsample(x)"
	case block.Open:
		text += " + x"
	}
	if len(after) > 0 {
		text += ", " + namesOf(after, p.Name)
	}
	if p.Times > 1 {
		text = fmt.Sprintf("%d times %s", p.Times, text)
	}
	return text
}

func namesOf(parts []Part, path string) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = strings.TrimPrefix(strings.TrimPrefix(p.Name, path), ".")
	}
	return strings.Join(names, " ")
}

func sizeText(shape []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(shape), " ", "x"), "[]")
}
