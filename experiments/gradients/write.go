package gradients

import (
	"fmt"
	"math"
	"strings"

	"reslab/experiments/run"
	"reslab/viz"
)

// write writes all files of the run but its checkpoints.
func (c *course) write() (*run.Result, error) {
	found := c.findings()
	result := &run.Result{Figures: c.result(c.plan, found), Summary: c.summary(found)}
	if err := c.plan.save(c.folder); err != nil {
		return nil, err
	}
	if err := c.append(); err != nil {
		return nil, err
	}
	figures := c.figures()
	for _, f := range figures {
		if err := writeFigure(c.folder, f); err != nil {
			return nil, err
		}
	}
	page, err := c.report(c.plan, found, figures)
	if err != nil {
		return nil, fmt.Errorf("drawing the report: %w", err)
	}
	if err := c.folder.Write("report.html", page); err != nil {
		return nil, err
	}
	return result, c.folder.Finish(result.Figures)
}

func writeFigure(folder *run.Folder, f figure) error {
	png, err := viz.PNG(f.picture)
	if err != nil {
		return fmt.Errorf("drawing %s.png: %w", f.file, err)
	}
	svg, err := viz.SVG(f.picture)
	if err != nil {
		return fmt.Errorf("drawing %s.svg: %w", f.file, err)
	}
	if err := folder.Write(f.file+".png", png); err != nil {
		return err
	}
	return folder.Write(f.file+".svg", svg)
}

// result is result.json.
func (r *records) result(p *plan, found []Finding) map[string]any {
	type net struct {
		Net          string   `json:"net"`
		Steps        int      `json:"steps"`
		StartRatio   *float64 `json:"first_over_last_start"`
		EndRatio     *float64 `json:"first_over_last_end"`
		EndRatioFree *float64 `json:"first_over_last_end_scale_free"`
		FirstLoss    *float64 `json:"first_loss"`
		FinalLoss    *float64 `json:"final_loss"`
		TestAccuracy *float64 `json:"test_accuracy"`
	}
	var nets []net
	for _, name := range r.nets() {
		last := r.lastStep(name)
		nets = append(nets, net{name, last, known(r.ratio(name, 0, false)), known(r.ratio(name, last, false)), known(r.ratio(name, last, true)),
			known(r.firstLoss(name)), known(r.loss(name)), known(r.test(name))})
	}
	return map[string]any{"experiment": p.Experiment, "seed": p.Seed, "stopped": p.Stopped, "data": p.source.name,
		"size": p.Size, "batch": p.Batch, "steps": p.Done, "nets": nets, "findings": found}
}

// known is nil for what JSON has no number for.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// summary is what a terminal shows at the end.
func (r *records) summary(found []Finding) string {
	var b strings.Builder
	if len(found) == 0 {
		b.WriteString("No statement of this experiment is about these settings; the report has the figures.\n")
	}
	for _, f := range found {
		mark := "held   "
		if !f.Held {
			mark = "NOT so "
		}
		fmt.Fprintf(&b, "%s  %s\n         %s\n", mark, f.Statement, f.Measured)
	}
	if caution := r.caution(found); caution != "" {
		fmt.Fprintf(&b, "%s\n", caution)
	}
	return b.String()
}
