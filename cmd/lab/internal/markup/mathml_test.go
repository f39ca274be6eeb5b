package markup

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestMathML(t *testing.T) {
	for formula, want := range map[string]string{
		`x_i^2`:                          "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
		`x^12`:                           "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>",
		`\frac12`:                        "<mfrac><mn>1</mn><mn>2</mn></mfrac>",
		`\frac{a+b}{2.5}`:                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>2.5</mn></mrow></mfrac>",
		`-3 < y`:                         "<mo>−</mo><mn>3</mn><mo>&lt;</mo><mi>y</mi>",
		`f'(x)`:                          `<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`,
		`\sqrt[3]{x}`:                    "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>",
		`\hat y`:                         `<mover accent="true"><mi>y</mi><mo stretchy="false">^</mo></mover>`,
		`\mathbb{R}^n`:                   "<msup><mrow><mi>ℝ</mi></mrow><mi>n</mi></msup>",
		`\mathbf{W}`:                     "<mrow><mi>𝐖</mi></mrow>",
		`\text{if } x`:                   "<mtext>if\u00A0</mtext><mi>x</mi>",
		`\left(\frac xy\right]`:          `<mrow><mo stretchy="true">(</mo><mrow><mfrac><mi>x</mi><mi>y</mi></mfrac></mrow><mo stretchy="true">]</mo></mrow>`,
		`\begin{cases}1&a\\0\end{cases}`: `<mrow><mo stretchy="true">{</mo><mtable class="cases"><mtr><mtd><mrow><mn>1</mn></mrow></mtd><mtd><mrow><mi>a</mi></mrow></mtd></mtr><mtr><mtd><mrow><mn>0</mn></mrow></mtd></mtr></mtable></mrow>`,
		`\left(\rightarrow\right.`:       `<mrow><mo stretchy="true">(</mo><mrow><mo>→</mo></mrow></mrow>`,
		`\operatorname{softmax}`:         `<mi mathvariant="normal">softmax</mi>`,
		`\sum_i`:                         "<msub><mo>∑</mo><mi>i</mi></msub>",
	} {
		got, err := MathML(formula, false)
		if err != nil || got != "<math><mrow>"+want+"</mrow></math>" {
			t.Errorf("%s becomes %s, %v", formula, got, err)
		}
	}
	if got, err := MathML(`\max_i x`, true); err != nil || !strings.Contains(got, `<munder><mo lspace="0" rspace="0.167em">max</mo><mi>i</mi></munder>`) {
		t.Errorf("what stands below a maximum: %s, %v", got, err)
	}
	if got, err := MathML(`\sum_{i=1}^n`, true); err != nil || !strings.Contains(got, "<munderover><mo>∑</mo>") {
		t.Errorf("the bounds of a sum on its own line: %s, %v", got, err)
	}
}

func TestMathMLRefuses(t *testing.T) {
	for _, formula := range []string{`\unknown`, `{a`, `a}`, `\frac{1}`, `x^`, `a & b`, `\`, `\left( x`, `\left x`, `\begin{tikz}\end{tikz}`, `\begin{cases}`, `\text{a`, `\sqrt[2`, strings.Repeat("{", 1000) + strings.Repeat("}", 1000)} {
		if got, err := MathML(formula, false); err == nil {
			t.Errorf("%.20s becomes %s", formula, got)
		}
	}
}

// Whatever the formula, what comes out is well formed and has no elements but
// those of MathML.
func FuzzMathML(f *testing.F) {
	for _, seed := range []string{`\frac{1}{n}`, `<script>`, `\text{<b>}`, `\left<x\right>`, `\mathbf{<}`, `\begin{array}{cc}a&<\\b\end{array}`, "x'^2", `\operatorname{"}`, "\xff", `\left\langle`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		if len(formula) > 1000 {
			return
		}
		out, err := MathML(strings.ToValidUTF8(strings.Map(printable, formula), "?"), true)
		if err != nil {
			return
		}
		decoder := xml.NewDecoder(strings.NewReader(out))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q becomes %s: %v", formula, out, err)
			}
			if e, ok := token.(xml.StartElement); ok && !strings.HasPrefix(e.Name.Local, "m") {
				t.Fatalf("%q becomes %s", formula, out)
			}
		}
	})
}

// printable drops what XML, unlike HTML, cannot hold.
func printable(c rune) rune {
	if c < ' ' || c >= 0xFFFE && c <= 0xFFFF {
		return -1
	}
	return c
}
