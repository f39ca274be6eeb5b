package lesson

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	md "github.com/yuin/goldmark/ast"

	"reslab/cmd/lab/internal/markup"
	"reslab/cmd/lab/internal/terminal"
)

// An exercise is a task of a lesson with all that the lesson says about it.
type exercise struct {
	Cell
	lesson *Lesson
	task   []md.Node // from the heading to the cell
	hints  []aside   // the first says least
	after  []aside   // to be read when it is solved
}

// An aside is what the page folds away.
type aside struct {
	title string
	text  []md.Node
}

// exercises returns the exercises of a lesson. What is folded right below a
// cell belongs to it: the hints, by their titles, and the rest for afterwards.
func (l *Lesson) exercises() []exercise {
	var all []exercise
	var section []md.Node // since the last heading
	var open *aside       // the <details> that we are in
	below := false        // nothing but output and asides since the last exercise
	for node := markup.Parse(l.Source).FirstChild(); node != nil; node = node.NextSibling() {
		if html, ok := node.(*md.HTMLBlock); ok {
			text := markup.Text(html, l.Source)
			switch {
			case strings.Contains(text, "<details"):
				open = &aside{title: TitleOf(text)}
			case strings.Contains(text, "</details"):
				if below && open != nil {
					all[len(all)-1].keep(*open)
				}
				open = nil
			}
			continue
		}
		if open != nil {
			open.text = append(open.text, node)
			continue
		}
		cell, fenced := l.cellAt(node)
		switch {
		case cell != nil && cell.Exercise != "":
			all = append(all, exercise{Cell: *cell, lesson: l, task: section})
			below = true
		case fenced == "output":
		case node.Kind() == md.KindHeading:
			section, below = nil, false
		default:
			section, below = append(section, node), false
		}
	}
	return all
}

// cellAt returns the cell that a node is, nil for none, and the language of a
// fence.
func (l *Lesson) cellAt(node md.Node) (cell *Cell, language string) {
	fence, ok := node.(*md.FencedCodeBlock)
	if !ok || fence.Info == nil {
		return nil, ""
	}
	line := markup.LineAt(l.Source, fence.Info.Segment.Start)
	if i := slices.IndexFunc(l.Cells, func(c Cell) bool { return c.Line == line }); i >= 0 {
		cell = &l.Cells[i]
	}
	return cell, string(fence.Language(l.Source))
}

func (e *exercise) keep(a aside) {
	if strings.HasPrefix(a.title, "Hint") {
		e.hints = append(e.hints, a)
	} else {
		e.after = append(e.after, a)
	}
}

// text writes a part of the lesson.
func (e *exercise) text(nodes []md.Node, v View, indent string) string {
	p := &page{View: v, source: e.lesson.Source}
	for _, node := range nodes {
		p.block(node, indent)
	}
	return strings.TrimRight(p.out.String(), "\n")
}

// file is the name of the file that the learner works in.
func (e *exercise) file() string { return e.Exercise + ".go" }

// functions are the names that the learner has to write. What the stub has as
// the solution has it is given.
func (e *exercise) functions() (names []string) {
	for _, s := range statements(e.Source) {
		if solution, ok := e.lesson.solutions[s.function]; ok && solution != e.Source[s.start:s.end] {
			names = append(names, s.function)
		}
	}
	return names
}

// split cuts the cell: what the learner writes, and what checks it.
func (e *exercise) split() (stub, check string) {
	done := 0
	for _, s := range statements(e.Source) {
		text := strings.Trim(e.Source[done:s.end], "\n")
		done = s.end
		switch {
		case s.first == token.IMPORT:
		case declares(e.Source[s.start:s.end]):
			stub += text + "\n\n"
		default:
			check += text + "\n"
		}
	}
	return strings.TrimRight(stub, "\n") + "\n", check
}

// declares tells a declaration from a statement.
func declares(source string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.SkipObjectResolution)
	return err == nil
}

// solution is the solution of the exercise, as the lesson's author writes it,
// with whatever else the learner is given to begin with.
func (e *exercise) solution() string {
	stub, _ := e.split()
	solved, err := e.lesson.Solved(Cell{Source: stub})
	if err != nil {
		return "" // no function of the stub has a solution: TestLessons finds it
	}
	return strings.TrimRight(solved, "\n")
}

// imports returns those imports of the lesson that the source needs, sorted.
func (l *Lesson) imports(source string) (paths []string) {
	known := map[string]string{}
	for _, c := range l.Cells {
		for _, s := range statements(c.Source) {
			if s.first == token.IMPORT {
				collectImports(c.Source[s.start:s.end], known)
			}
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, 0)
	if err != nil {
		return nil
	}
	for _, id := range file.Unresolved {
		if p := known[id.Name]; p != "" && !slices.Contains(paths, p) {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return paths
}

// collectImports adds the imports of a declaration by the names they have.
func collectImports(source string, known map[string]string) {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.ImportsOnly)
	if err != nil {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ImportSpec); ok && spec.Name == nil {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				known[path.Base(p)] = p
			}
		}
		return true
	})
}

// plainView writes parts of a lesson into comments.
var plainView = View{Width: 78, Style: terminal.Style{}, Unfold: true}
