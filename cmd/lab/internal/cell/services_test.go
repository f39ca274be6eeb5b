package cell

import (
	"context"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"testing"
	"time"
)

// at takes the cursor out of a text: a bar.
func at(text string) (string, int) {
	before, after, _ := strings.Cut(text, "|")
	return before + after, len(before)
}

func names(list []Completion) []string {
	var all []string
	for _, c := range list {
		all = append(all, c.Name)
	}
	return all
}

func TestComplete(t *testing.T) {
	s := session(t)
	eval(t, s, "type Point struct{ X, Y int; hidden int }\nfunc (p *Point) Norm() int { return p.X }\nfunc double(n int) int { return 2 * n }\npoint := Point{}\nnet := nn.NewSequential()")
	for text, want := range map[string]string{
		"poin|":                           "point Point",
		"point.|":                         "hidden Norm X Y",
		"(&point).|":                      "hidden Norm X Y",
		"fmt.Println(point.N|":            "Norm",
		"for i := range point.X|":         "X",
		"if point.X|":                     "X",
		"nn.Conv2|":                       "Conv2D",
		"nn.NewConv2|":                    "NewConv2D",
		"dou|":                            "double",
		"Point{hid|":                      "hidden",
		"Point{|":                         "hidden X Y",
		"Point{X: 1, |}":                  "hidden X Y",
		"local := 3\nloc|":                "local",
		"func f(number int) {\n\tnumb|":   "number",
		"func f() int { return poi|":      "point Point",
		"variable := 2\nfunc f() { vari|": "variable",
		"nn.Walk(net, func(path string, l nn.Layer) { l.|": "Backward Forward Params",
		"import \"math/ra|":                     "math/rand math/rand/v2",
		"import (\n\t\"path/|":                  "path/filepath",
		"// poi|":                               "",
		"\"poin|":                               "",
		"`poi|":                                 "",
		"x := \"a\" + poin|":                    "point Point",
		"retu|":                                 "",
		"strings.Fields|Func":                   "Fields FieldsFunc FieldsFuncSeq FieldsSeq",
		"point.|\nfmt.Println()":                "hidden Norm X Y",
		"var p Poi|":                            "Point point",
		"net.Ad|":                               "Add",
		"3 +|":                                  "",
		"unknown.|":                             "",
		"func (p Point) Sum() int { return p.|": "hidden Norm Sum X Y",
	} {
		source, offset := at(text)
		c := s.Complete(source, offset)
		got := names(c.List)
		if want == "hidden X Y" || text == "retu|" || text == "3 +|" { // and all names in scope, keywords too
			if text == "retu|" && !slices.Contains(got, "return") {
				t.Errorf("%s offers %v", text, got)
			}
			got = got[:min(len(got), len(strings.Fields(want)))]
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s offers %v, not %s", text, got, want)
		}
	}
}

func TestCompletionsSayWhatTheyAre(t *testing.T) {
	s, err := New(Config{Doc: func(path, name string) string {
		return fmt.Sprintf("%s of %s is this. And more.", name, path)
	}})
	if err != nil {
		t.Fatal(err)
	}
	eval(t, s, "// Twice doubles. Always.\nfunc Twice(n int) int { return 2 * n }\nvar net = nn.NewSequential()")
	for text, want := range map[string]Completion{
		"Twic|":       {"Twice", "func", "func(n int) int", "Twice doubles."},
		"net.Forwar|": {"Forward", "method", "func(x *nn.Tensor, train bool) *nn.Tensor", "Sequential.Forward of reslab/nn is this."},
		"nn.ConvCon|": {"ConvConfig", "type", "struct", "ConvConfig of reslab/nn is this."},
		"math.Pi|":    {"Pi", "const", "untyped float", "Pi of math is this."},
		"strin|":      {"strings", "package", "", "of strings is this."},
		"appen|":      {"append", "builtin", "", ""},
	} {
		source, offset := at(text)
		list := s.Complete(source, offset).List
		if len(list) == 0 || list[0] != want {
			t.Errorf("%s offers %+v, not %+v", text, list, want)
		}
	}
	c := s.Complete("net.Forw + 1", 6)
	if c.From != 4 || c.To != 8 {
		t.Errorf("the word is [%d:%d]", c.From, c.To)
	}
}

func TestInspect(t *testing.T) {
	s := session(t)
	if _, err := s.Eval(context.Background(), "cell 1", "// Twice doubles.\nfunc Twice(n int) int { return 2 * n }\ntype P struct{ a int }\n// Sum adds.\nfunc (p P) Sum() int { return p.a }\np := P{}"); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Twi|ce(1)":                 "func Twice func Twice(n int) int \"Twice doubles.\" cell 1:2:6",
		"x := p.Su|m()":             "method Sum func (P).Sum() int \"Sum adds.\" cell 1:5:12",
		"p|":                        "var p var p P \"\" cell 1:6:1",
		"nn.NewTen|sor(1)":          "func NewTensor func nn.NewTensor(shape ...int) *nn.Tensor \"\" reslab/nn",
		"math.P|i":                  "const Pi const math.Pi untyped float \"\" math",
		"ma|th.Pi":                  "package math package math // import \"math\" \"\" math",
		"y := 1.5\ny| + 2":          "var y var y float64 \"\" ",
		"fmt.Println(Twi|ce(":       "func Twice func Twice(n int) int \"Twice doubles.\" cell 1:2:6",
		"le|n(\"a\")":               "builtin len builtin len \"\" ",
		"nn.ConvConfig{Ker|nel: 3}": "field Kernel field Kernel int \"\" reslab/nn",
	} {
		source, offset := at(text)
		d, ok := s.Inspect(source, offset)
		place := d.Package
		if d.Cell != "" {
			place = fmt.Sprintf("%s:%d:%d", d.Cell, d.Line, d.Col)
		}
		got := fmt.Sprintf("%s %s %s %q %s", d.Kind, d.Name, d.Signature, d.Doc, place)
		if !ok || got != want {
			t.Errorf("%s gives\n%s\nnot\n%s", text, got, want)
		}
	}
	for _, text := range []string{"|", "1 + |2", "// Tw|ice", "unkn|own", "\"Tw|ice\""} {
		source, offset := at(text)
		if d, ok := s.Inspect(source, offset); ok {
			t.Errorf("%s gives %+v", text, d)
		}
	}
}

func TestCall(t *testing.T) {
	s := session(t)
	eval(t, s, "func area(w, h float64) float64 { return w * h }\nnet := nn.NewSequential()")
	for text, want := range map[string]string{
		"area(|":                    "area 0",
		"area(1, |":                 "area 1",
		"area(1, |)":                "area 1",
		"area(1|":                   "area 0",
		"area(1, 2.5|)":             "area 1",
		"net.Add(\"a\"|, nil)":      "Add 0",
		"fmt.Println(area(1, 2), |": "Println 1",
		"net.Add(\"a\", |":          "Add 1",
		"area|(":                    "",
		"x := (1 + |":               "",
		"area(1, 2)|":               "",
		"nn.Walk(net, func(path string, l nn.Layer) { |": "",
	} {
		source, offset := at(text)
		d, n, ok := s.Call(source, offset)
		got := ""
		if ok {
			got = fmt.Sprint(d.Name, " ", n)
		}
		if got != want {
			t.Errorf("%s gives %q, not %q", text, got, want)
		}
	}
}

func TestVariables(t *testing.T) {
	s := session(t)
	none, err := s.Variables(context.Background())
	if err != nil || none != nil {
		t.Errorf("a fresh session has %v, %v", none, err)
	}
	eval(t, s, "type Day int\nfunc (d Day) String() string { return \"Monday\" }\nd := Day(0)\nxs := make([]float32, 1_000_000)\nvar bad *Bad\nt := nn.NewTensor(2)\ntype Bad struct{ n int }\nfunc (b Bad) String() string { panic(\"no\") }\nb := Bad{}\nlong := strings.Repeat(\"é\", 500)\nvar e error\nlayers := []nn.Layer{nn.NewReLU()}\nf := func(n int) int { return n }")
	want := []string{"d Day Monday", "xs []float32 [0 0 0 0 0 0 0 0 0 0 0 0 ...] (1000000 elements)", "bad *Bad <nil>", "t *nn.Tensor tensor [2] 0 0", "b Bad ", "long string " + strings.Repeat("é", 79) + "…", "e error <nil>"}
	for range 2 { // the second time from the same code
		vars, err := s.Variables(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range want {
			if got := vars[i].Name + " " + vars[i].Type + " " + vars[i].Value; !strings.HasPrefix(got, w) {
				t.Errorf("got %q, not %q", got, w)
			}
		}
	}
	eval(t, s, "d = 1\nxs = xs[:2]")
	vars, err := s.Variables(context.Background())
	if err != nil || vars[1].Value != "[0 0]" {
		t.Errorf("after a change: %v, %v", vars, err)
	}
	eval(t, s, "type Slow int\nfunc (Slow) String() string { for {} }\nvar slow Slow")
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Variables(ctx); err == nil {
		t.Error("a String method without an end is waited for")
	}
	if r := eval(t, s, "1 + 1"); r.Value != "2" {
		t.Errorf("afterwards: %s", r.Value)
	}
}

func TestUses(t *testing.T) {
	s := session(t)
	eval(t, s, "lr := 0.1\ntype P struct{ a int }\np := &P{}\nfunc f() float64 { return lr }\nxs := []int{1}")
	for text, want := range map[string]string{
		"f() + lr":                   "[f lr] []",
		"y := f()":                   "[f] [y]",
		"lr = 0.2":                   "[lr] [lr]",
		"p.a = 3\nxs[0]++":           "[p xs] [p xs]",
		"lr := lr / 2":               "[lr] [lr]",
		"lr := 0.5\nfmt.Println(lr)": "[] [lr]",
		"k := 2\nfunc g() float64 { return f() * float64(k) }\ng()": "[f] [g k]",
		"func (p *P) Sum() int { return p.a }":                      "[P] [P]",
		"later + 1":                                                 "[later] []",
		"for i := range xs {\n\tlr := i\n\t_ = lr\n}":               "[xs] []",
		"var q P":         "[P] [q]",
		"broken (":        "[broken] []",
		"nn.NewTensor(1)": "[] []",
	} {
		got := s.Uses(text)
		if fmt.Sprint(got.Reads, got.Writes) != want {
			t.Errorf("%s: %v %v, not %s", text, got.Reads, got.Writes, want)
		}
	}
}

func TestServicesChangeNothing(t *testing.T) {
	s := session(t)
	eval(t, s, "x := 1")
	files := 0
	count := func() (n int) {
		s.fset.Iterate(func(*token.File) bool { n++; return true })
		return n
	}
	files = count()
	for range 10 {
		s.Complete("type T struct{ a int }\nx := \"s\"\nx.", 34)
		s.Inspect("x := \"s\"; x", 10)
		s.Uses("func x() {}")
	}
	if r := eval(t, s, "x"); r.Value != "1" {
		t.Errorf("x is %s", r.Value)
	}
	if count() > files+3 { // those of the last cell
		t.Errorf("%d files stay", count()-files)
	}
}
