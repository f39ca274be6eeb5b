package markup

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulas let a Markdown parser find formulas.
func formulas() []parser.Option {
	return []parser.Option{
		parser.WithInlineParsers(util.Prioritized(inlineParser{}, 150)), // after code, before links and emphasis
		parser.WithBlockParsers(util.Prioritized(blockParser{}, 750)),   // after fenced code
	}
}

// Formula is a formula in a line of text: in TeX, between dollars.
type Formula struct {
	ast.BaseInline
	TeX     string
	Display bool // between two dollars on each side
}

// KindFormula is the kind of a Formula.
var KindFormula = ast.NewNodeKind("Formula")

// Kind is asked for by ast.Node.
func (*Formula) Kind() ast.NodeKind { return KindFormula }

// Dump is asked for by ast.Node.
func (f *Formula) Dump(source []byte, level int) {
	ast.DumpHelper(f, source, level, map[string]string{"TeX": f.TeX}, nil)
}

// inlineParser finds formulas before stars and underscores in them are taken for
// emphasis. As Pandoc has it, no space follows the opening dollar or stands
// before the closing one, and no digit follows that: $5 and $6 is money. A formula
// may go on in the next line.
type inlineParser struct{}

func (inlineParser) Trigger() []byte { return []byte{'$'} }

func (inlineParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	rest := string(line)
	if inside, ok := strings.CutPrefix(rest, "$$"); ok {
		formula, _, found := strings.Cut(inside, "$$")
		if !found {
			return nil
		}
		block.Advance(len(formula) + 4)
		return &Formula{TeX: strings.TrimSpace(formula), Display: true}
	}
	begin, place := block.Position()
	above := 0 // bytes of the formula in the line above
	if !strings.Contains(rest[1:], "$") {
		above = len(rest)
		block.AdvanceLine()
		next, _ := block.PeekLine()
		rest += string(next)
	}
	end := strings.IndexByte(rest[1:], '$') + 1
	if end < 2 || isBlank(rest[1]) || isBlank(rest[end-1]) || end+1 < len(rest) && unicode.IsDigit(rune(rest[end+1])) {
		block.SetPosition(begin, place)
		return nil
	}
	block.Advance(end + 1 - above)
	return &Formula{TeX: strings.Join(strings.Fields(rest[1:end]), " ")}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// FormulaBlock is a formula on lines of its own, between lines of two dollars.
type FormulaBlock struct {
	ast.BaseBlock
}

// KindFormulaBlock is the kind of a FormulaBlock.
var KindFormulaBlock = ast.NewNodeKind("FormulaBlock")

// Kind is asked for by ast.Node.
func (*FormulaBlock) Kind() ast.NodeKind { return KindFormulaBlock }

// IsRaw keeps the lines from being read as Markdown.
func (*FormulaBlock) IsRaw() bool { return true }

// Dump is asked for by ast.Node.
func (b *FormulaBlock) Dump(source []byte, level int) { ast.DumpHelper(b, source, level, nil, nil) }

// TeX is the formula, on one line.
func (b *FormulaBlock) TeX(source []byte) string {
	var all [][]byte
	for i := range b.Lines().Len() {
		line := b.Lines().At(i)
		all = append(all, bytes.TrimSpace(line.Value(source)))
	}
	return string(bytes.TrimSpace(bytes.Join(all, []byte(" "))))
}

// blockParser finds formulas that begin with a line of two dollars.
type blockParser struct{}

func (blockParser) Trigger() []byte { return []byte{'$'} }

func (blockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if pc.BlockIndent() > 3 || string(bytes.TrimSpace(line)) != "$$" || !closes(reader) {
		return nil, parser.NoChildren
	}
	return &FormulaBlock{}, parser.NoChildren
}

// closes tells whether a line of two dollars follows: two dollars alone must not
// swallow the rest of a page.
func closes(reader text.Reader) bool {
	_, segment := reader.PeekLine()
	for line := range bytes.Lines(reader.Source()[segment.Stop:]) {
		if string(bytes.TrimSpace(line)) == "$$" {
			return true
		}
	}
	return false
}

func (blockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	b := node.(*FormulaBlock)
	line, segment := reader.PeekLine()
	if string(bytes.TrimSpace(line)) == "$$" {
		reader.AdvanceToEOL()
		return parser.Close
	}
	b.Lines().Append(segment)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (blockParser) Close(ast.Node, text.Reader, parser.Context) {}

func (blockParser) CanInterruptParagraph() bool { return true }

func (blockParser) CanAcceptIndentedLine() bool { return false }
