package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Graph is a small computation: numbers as nodes, and edges to what is
// computed from them. Forward there are values, and on the way back gradients.
//
//	g := lab.NewGraph("x·x + x at x = 3")
//	g.Node("x", "", 3).Node("square", "·", 9).Node("sum", "+", 12)
//	g.Edge("x", "square", 3).Edge("x", "square", 3).Edge("square", "sum", 1).Edge("x", "sum", 1)
//	g.Gradient("sum", 1).Gradient("square", 1).Gradient("x", 7)
//	lab.Show(g)
type Graph struct {
	Title string      `json:"title"`
	Nodes []GraphNode `json:"nodes"`
	Edges []GraphEdge `json:"edges"`
}

// A GraphNode is a number of a Graph.
type GraphNode struct {
	Name      string  `json:"name"`
	Operation string  `json:"operation,omitempty"` // what it was computed with; empty: it was given
	Value     Number  `json:"value"`
	Gradient  *Number `json:"gradient,omitempty"`
}

// A GraphEdge goes from a number to what is computed from it.
type GraphEdge struct {
	Name     string  `json:"name"` // as "x>sum"; the second between the same nodes is "x>sum 2"
	From     string  `json:"from"`
	To       string  `json:"to"`
	Gradient *Number `json:"gradient,omitempty"` // what comes back along it
}

// mostNodes is how many nodes can still be seen in a drawing.
const mostNodes = 60

// NewGraph starts a graph.
func NewGraph(title string) *Graph { return &Graph{Title: title} }

// Node adds a number under a name of its own. Operation is what it was computed
// with, as "+", and empty for what was given.
func (g *Graph) Node(name, operation string, value float64) *Graph {
	if g.node(name) != nil || len(g.Nodes) == mostNodes {
		panic(fmt.Sprintf("a Graph has up to %d nodes with names of their own; %q is one too many", mostNodes, name))
	}
	g.Nodes = append(g.Nodes, GraphNode{Name: name, Operation: operation, Value: Number(value)})
	return g
}

// Gradient says how far the result moves when the node does: dL/d(node).
func (g *Graph) Gradient(node string, gradient float64) *Graph {
	g.known(node).Gradient = number(gradient)
	return g
}

// Edge adds an arrow from a number to what is computed from it. Gradient is
// what comes back along it: its share of the gradient of from. NaN is nothing
// yet.
func (g *Graph) Edge(from, to string, gradient float64) *Graph {
	g.known(from)
	g.known(to)
	if g.index(to) <= g.index(from) {
		panic(fmt.Sprintf("an edge of a Graph goes to a node that was added later: not from %q to %q", from, to))
	}
	name, twins := from+">"+to, 1
	for _, e := range g.Edges {
		if e.From == from && e.To == to {
			twins++
		}
	}
	if twins > 1 {
		name = fmt.Sprintf("%s %d", name, twins)
	}
	g.Edges = append(g.Edges, GraphEdge{Name: name, From: from, To: to, Gradient: number(gradient)})
	return g
}

// number returns v for a page, nil for NaN.
func number(v float64) *Number {
	if math.IsNaN(v) {
		return nil
	}
	n := Number(v)
	return &n
}

func (g *Graph) index(name string) int {
	return slices.IndexFunc(g.Nodes, func(n GraphNode) bool { return n.Name == name })
}

func (g *Graph) node(name string) *GraphNode {
	if i := g.index(name); i >= 0 {
		return &g.Nodes[i]
	}
	return nil
}

func (g *Graph) known(name string) *GraphNode {
	n := g.node(name)
	if n == nil {
		panic(fmt.Sprintf("the Graph has no node %q: add it with Node first", name))
	}
	return n
}

// PageKind is the kind of display that draws a Graph on a page.
func (g *Graph) PageKind() string { return "graph" }

// String is a line for each node, and one for each edge that brings a gradient.
func (g *Graph) String() string {
	lines := []string{g.Title}
	for _, n := range g.Nodes {
		line := fmt.Sprintf("%s = %v", n.Name, n.Value)
		if sources := g.sources(n.Name); sources != "" {
			line = fmt.Sprintf("%s = %s(%s) = %v", n.Name, n.Operation, sources, n.Value)
		}
		if n.Gradient != nil {
			line += fmt.Sprintf(", gradient %v", n.Gradient)
		}
		if shares := g.shares(n.Name); len(shares) > 1 {
			line += " = " + strings.Join(shares, " + ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (g *Graph) sources(to string) string {
	var names []string
	for _, e := range g.Edges {
		if e.To == to {
			names = append(names, e.From)
		}
	}
	return strings.Join(names, ", ")
}

// shares are the gradients that come back to a node.
func (g *Graph) shares(from string) (shares []string) {
	for _, e := range g.Edges {
		if e.From == from && e.Gradient != nil {
			shares = append(shares, e.Gradient.String())
		}
	}
	return shares
}

// A Turn is a Graph whose nodes have wheels and whose edges can be cut: what a
// learner does to it is asked for while the graph is computed, and Show shows
// the outcome.
//
//	turn := lab.NewTurn("paths")
//	x := 3 + turn.By("x")
//	square := x*x + turn.By("square")
//	...
//	if !turn.Cut("x>sum") { dx += 1 }
//	turn.Show(g)
type Turn struct {
	name  string
	state turned
}

// turned is what a learner did to a Graph.
type turned struct {
	By  map[string]float64 `json:"by"`
	Cut []string           `json:"cut"`
}

// NewTurn begins; nothing is shown before Show.
func NewTurn(name string) *Turn { return &Turn{name, read(name, turned{})} }

// By is how far the wheel of a node was turned.
func (t *Turn) By(node string) float64 { return t.state.By[node] }

// Cut tells whether an edge was cut. Its name is as "x>sum", and "x>sum 2" for
// the second between the same nodes.
func (t *Turn) Cut(edge string) bool { return slices.Contains(t.state.Cut, edge) }

// Show shows the graph with its wheels.
func (t *Turn) Show(g *Graph) {
	Show(Control{Kind: "turn", Name: t.name, Value: t.state, Start: turned{}, Graph: g})
}

// String is the name, short.
func (t *Turn) String() string { return "turn " + t.name }
