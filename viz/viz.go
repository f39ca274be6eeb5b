// Package viz turns numbers into pictures.
//
// A picture is described once, as a [Figure], [Panels], a [HeatMap] or an [ImageGrid], and drawn
// by two back ends: gonum/plot's canvas for files (PNG, SVG) and ECharts for pages that answer
// the mouse. A [Report] puts pictures, tables and sentences on one page that opens without a
// network. [Spark], [Bars], [Text] and [Blocks] draw in the terminal.
//
// The rules of the house are built in. A title says what was found. A curve is labelled where it
// ends, not in a legend. Small multiples share their scale. A log axis shows zero and what float32
// cannot hold on a band of its own, because a point left out would be a lie.
//
//	fig := viz.NewFigure("The first layer of plain-56 gets 2,300 times the gradient of the last")
//	fig.Axes("weight layer, counted from the input", "L2 norm of the weight gradient").LogY()
//	fig.Line("plain-56", viz.Plain, layer, plain)
//	fig.Line("residual-56", viz.Residual, layer, residual)
//	err := viz.WritePNG("gradients.png", fig)
package viz
