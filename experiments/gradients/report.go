package gradients

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"reslab/viz"
)

// report is report.html: the answer first, then how it was measured.
func (r *records) report(p *plan, found []Finding, figures []figure) ([]byte, error) {
	groups := r.groups()
	page := viz.NewReport(question)
	page.Subtitle = fmt.Sprintf("Plain and residual nets side by side on %s, %s of %s each",
		p.source.about(p.Size), counted(p.Done, "step"), counted(p.Batch, "picture"))
	if p.Done == 0 {
		page.Subtitle = fmt.Sprintf("Plain and residual nets side by side before any training, on a batch of %d from %s", p.Batch, p.source.about(p.Size))
	}
	if p.Stopped {
		page.Note("This run was stopped early: it tells what was measured until then.")
	}
	draw := func(kind string, g group) {
		for _, f := range figures {
			if f.file == kind+g.suffix {
				page.Picture(f.picture)
			}
		}
	}

	draw("gradients", groups[0])
	page.Paragraph("Each curve is one net, each point the gradient of one layer's weights. The error enters at the right, at the fully connected layer, and travels to the left through the convolutions. " +
		"A curve that rises to the left is a gradient that grows on the way back; one that falls is a gradient that vanishes.")
	for _, g := range groups[1:] {
		page.Heading(heading(g))
		draw("gradients", g)
		page.Paragraph("The slope of a sigmoid is at most one quarter, and without batch norm nothing makes up for it: layer by layer the gradient is multiplied by something small. " +
			"In the residual nets here the sigmoid stands before the addition, so that nothing but the addition stands on the highway.")
	}

	page.Heading("What held, and what did not")
	page.Table(findingsTable(found))
	if caution := r.caution(found); caution != "" {
		page.Paragraph(caution)
	}
	page.Note("The numbers are the gradient of the first convolution over that of the last, or what the statement names. They are computed from gradients.csv and metrics.csv of this run.")

	if slices.ContainsFunc(figures, func(f figure) bool { return strings.HasPrefix(f.file, "scale-free") }) {
		page.Heading("Freed of the scale of the weights")
		for _, g := range groups {
			draw("scale-free", g)
		}
		page.Paragraph("Behind batch norm a layer's weights have no scale of their own: twice the weights give the same output and half the gradient. " +
			"A raw gradient may fall through training merely because the weights grow, so the norm of the gradient is multiplied here by the norm of the weights.")
	}
	if r.trained() {
		page.Heading("Through training")
		for _, g := range groups {
			draw("heat-map", g)
		}
		page.Heading("Did they learn?")
		for _, g := range groups {
			draw("learning", g)
		}
		page.Table(r.netsTable())
	}

	page.Heading("How this was measured")
	page.Paragraph(fmt.Sprintf("Each net starts from weights drawn from the seed %d and the layer's path, so a plain net and its residual twin start from the same ones. "+
		"They see the same batches in the same order. Stochastic gradient descent with rate %g (reached in %s), momentum 0.9 and weight decay 0.0001. All norms are Euclidean and summed in 64 bits; the nets compute in 32.", p.Seed, p.Rate, counted(p.WarmUp, "step")))
	page.Code(p.command())
	page.Files(r.files(figures))
	return page.HTML()
}

// heading names a group of nets by what is unusual about it.
func heading(g group) string {
	suffix, clear := strings.CutSuffix(g.suffix, preAddition)
	text := "With" + strings.NewReplacer("-nobn", " without batch norm", "-", " ").Replace(suffix)
	if clear {
		text += ", and a clear highway"
	}
	return text
}

func (r *records) trained() bool {
	return slices.ContainsFunc(r.groups(), func(g group) bool { return r.last(g) > 0 })
}

func findingsTable(found []Finding) *viz.Table {
	t := viz.NewTable("Statements, and what this run measured", []string{"", "statement", "measured"})
	for _, f := range found {
		verdict := "held"
		if !f.Held {
			verdict = "did not hold"
		}
		t.Add([]string{verdict, f.Statement, f.Measured})
	}
	return t
}

// netsTable lists the nets with their figures.
func (r *records) netsTable() *viz.Table {
	t := viz.NewTable("All nets of the run", []string{"net", "first over last, at the start", "after training", "loss, first batch", "loss, at the end", "new pictures named right"})
	for _, net := range r.nets() {
		accuracy := "not tested"
		if a := r.test(net); !math.IsNaN(a) {
			accuracy = fmt.Sprintf("%.1f %%", 100*a)
		}
		t.Add([]string{net, times(r.ratio(net, 0, false)), times(r.ratio(net, r.lastStep(net), false)),
			viz.Number(r.firstLoss(net)), viz.Number(r.loss(net)), accuracy})
	}
	return t
}

func (r *records) files(figures []figure) []string {
	names := []string{"config.json", "result.json", "gradients.csv", "metrics.csv"}
	for _, f := range figures {
		names = append(names, f.file+".png", f.file+".svg")
	}
	return names
}

// command is the command line that makes this run again: what the budget came
// to is written out, so that another machine measures the same.
func (p *plan) command() string {
	line := fmt.Sprintf("go run ./cmd/lab experiment run %s --seed %d", p.Experiment, p.Seed)
	settled := map[string]string{"size": fmt.Sprint(p.Size), "batch": fmt.Sprint(p.Batch), "steps": fmt.Sprint(p.Steps), "record": fmt.Sprint(p.Record), "warmup": fmt.Sprint(p.WarmUp)}
	for _, s := range settings {
		value := p.Settings[s.Key]
		if v, ok := settled[s.Key]; ok {
			value = v
		}
		if value != s.Default {
			line += fmt.Sprintf(" --set %s=%s", s.Key, value)
		}
	}
	return line
}
