package train

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"reslab/nn/data"
	"reslab/viz"
)

// story is all that the report tells.
type story struct {
	*records
	settings      *Settings
	command       string   // that makes it again
	model         string   // as "resnet20"
	data          string   // as "mnist"
	about         string   // the pictures in a line, as "55,000 pictures of 28x28x1 in 10 classes"
	classes       []string // their names
	stepsPerEpoch int
	stopped       string // why the training ended before its last epoch; empty if it did not

	// The examination: of the test pictures once the training is over, of those
	// kept apart before that, nil without either.
	exam     *Examination
	examined string         // what it was about, as "10,000 test pictures"
	pictures *data.Pictures // those
	files    bool           // they are files, with names of their own
}

// Summary says in a sentence or two how the training went. It is computed from
// the rows of metrics.csv.
func (s *story) Summary() string {
	epochs := s.epochs()
	if len(epochs) == 0 {
		return fmt.Sprintf("%s has not learned from any batch yet.", s.model)
	}
	best := s.best(s.stepsPerEpoch)
	var b strings.Builder
	switch {
	case s.test() != nil:
		fmt.Fprintf(&b, "%s names %s of %s right, by the weights of epoch %d", s.model, percent(s.test().Accuracy), s.examined, best)
		if v := epochs[best-1].Validation; v != nil {
			fmt.Fprintf(&b, ", which did best on the pictures kept apart (%s)", percent(v.Accuracy))
		}
		b.WriteString(".")
	case best > 0 && epochs[best-1].Validation != nil:
		fmt.Fprintf(&b, "%s names %s of the pictures kept apart right after epoch %d, its best until now.", s.model, percent(epochs[best-1].Validation.Accuracy), best)
	default:
		last := epochs[len(epochs)-1]
		fmt.Fprintf(&b, "%s has a loss of %s in epoch %d and names %s of the training pictures right.", s.model, viz.Number(last.Loss), last.Number, percent(last.Accuracy))
	}
	if s.stopped != "" {
		fmt.Fprintf(&b, " The training ended after %s of %d: %s.", passed(len(s.finished(epochs))), *s.settings.Epochs, s.stopped)
	}
	return b.String()
}

// finished are the epochs that are over.
func (s *story) finished(all []epoch) []epoch {
	for len(all) > 0 && all[len(all)-1].Steps < s.stepsPerEpoch {
		all = all[:len(all)-1]
	}
	return all
}

// report is report.html: the answer first, then how it was measured.
func (s *story) report(figures []figure) ([]byte, error) {
	page := viz.NewReport(fmt.Sprintf("%s learns %s", s.model, s.data))
	page.Subtitle = s.Summary()
	draw := func(file string) {
		for _, f := range figures {
			if f.file == file {
				page.Picture(f.picture)
			}
		}
	}
	draw("learning")
	page.Table(s.epochTable())
	if s.exam != nil {
		page.Heading("What it still takes for something else")
		draw(mistakesFile)
		if s.files && len(s.exam.Mistakes(1)) > 0 {
			page.Table(s.mistakeTable())
		}
		draw("confusion")
		page.Table(s.classTable())
	}
	if len(s.gradientSteps()) > 1 {
		page.Heading("The gradient in every layer")
		draw("gradients")
		page.Paragraph("The error enters at the right, at the fully connected layer, and travels to the left. A curve that falls to the left is a gradient that vanishes on the way; one that rises is a gradient that grows.")
		draw("gradient-map")
	}
	page.Heading("How this was made")
	page.Paragraph(fmt.Sprintf("Learned from %s. All that is random comes from the seed: the same command makes the same numbers again.", s.about))
	page.Table(s.settingsTable())
	page.Code(s.command)
	page.Files(s.fileNames(figures))
	return page.HTML()
}

// rowsShown is how many epochs the table lists.
const rowsShown = 16

// epochTable lists the epochs; of very many, some, and always the best and the
// last.
func (s *story) epochTable() *viz.Table {
	all, best := s.epochs(), s.best(s.stepsPerEpoch)
	t := viz.NewTable("The epochs", []string{"epoch", "loss", "named right", "validation loss", "validation right", "rate", ""})
	every := (len(all) + rowsShown - 1) / rowsShown
	for _, e := range all {
		if e.Number%every != 0 && e.Number != best && e.Number != len(all) {
			continue
		}
		row := []string{fmt.Sprint(e.Number), viz.Number(e.Loss), percent(e.Accuracy), "–", "–", viz.Number(e.Rate), ""}
		if v := e.Validation; v != nil {
			row[3], row[4] = viz.Number(v.Loss), percent(v.Accuracy)
		}
		if e.Number == best {
			row[6] = "best: model.safetensors"
		}
		t.Add(row)
	}
	return t
}

// mistakeTable names the files of the mistakes: some may lie in the wrong folder.
func (s *story) mistakeTable() *viz.Table {
	t := viz.NewTable("The files of these pictures", []string{"file", "is", "was taken for", "how sure"})
	for _, a := range s.exam.Mistakes(mistakesShown) {
		t.Add([]string{s.pictures.NameOf(a.Picture), s.classes[a.Truth], s.guess(a), percent(a.P)})
	}
	return t
}

// classTable lists the classes.
func (s *story) classTable() *viz.Table {
	t := viz.NewTable("Each class of "+s.examined, []string{"class", "pictures", "named right", "accuracy", "most often taken for"})
	for _, c := range s.exam.PerClass(s.classes) {
		t.Add([]string{c.Class, count(c.Images), count(c.Right), c.Share(), c.Confused()})
	}
	return t
}

// settingsTable lists the settings that a reader may want to change.
func (s *story) settingsTable() *viz.Table {
	set := s.settings
	t := viz.NewTable("Settings", []string{"setting", "value"})
	t.Add([]string{"epochs", fmt.Sprintf("%d, of %s of %d pictures", *set.Epochs, plural(s.stepsPerEpoch, "step"), *set.Batch)})
	t.Add([]string{"optimiser", fmt.Sprintf("%s, weight decay %g", set.optimiser(), *set.WeightDecay)})
	t.Add([]string{"learning rate", fmt.Sprintf("%g, %s, warm-up over %.3g epochs", *set.Rate, *set.Schedule, *set.WarmUp)})
	t.Add([]string{"pictures changed at random", *set.Augment})
	t.Add([]string{"seed", fmt.Sprint(*set.Seed)})
	return t
}

func (s *story) fileNames(figures []figure) []string {
	names := []string{"config.json", "result.json", "metrics.csv", "gradients.csv"}
	for _, f := range figures {
		names = append(names, f.file+".png", f.file+".svg")
	}
	return names
}

// Share is the class's accuracy in words.
func (c ClassResult) Share() string {
	if c.Accuracy == nil {
		return "–"
	}
	return percent(*c.Accuracy)
}

// Confused says what the class is most often taken for, as "4 (7 times)".
func (c ClassResult) Confused() string {
	if c.Times == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%s)", c.TakenFor, times(c.Times))
}

var english = message.NewPrinter(language.English)

// count writes 10000 as 10,000.
func count(n int) string { return english.Sprintf("%d", n) }

func percent(share float64) string { return fmt.Sprintf("%.2f %%", 100*share) }

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%s %ss", count(n), thing)
}

func passed(epochs int) string { return plural(epochs, "epoch") }

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return plural(n, "time")
}
