package markup

import "testing"

func TestReadable(t *testing.T) {
	for formula, want := range map[string]string{
		`x_i^2`:                                   "xᵢ²",
		`\frac{1}{n} \sum_i x_i`:                  "1/n Σᵢ xᵢ",
		`\frac{a+b}{2}`:                           "(a+b)/2",
		`\frac{\partial L}{\partial w}`:           "(∂ L)/(∂ w)",
		`H' = \lfloor (H + 2P - K)/S \rfloor + 1`: "H' = ⌊ (H + 2P - K)/S ⌋ + 1",
		`w_{ij}^{(l)}`:                            "wᵢⱼ⁽ˡ⁾",
		`e^{-x/2}`:                                "e^(-x/2)",
		`\sqrt{x+1} \le \hat{y} \cdot \mathbf{W}`: "√(x+1) ≤ y\u0302 · W",
		`\max(0, x) \to \unknown{x}`:              `max(0, x) → \unknownx`,
		`y_0 = 1 \qquad\qquad y_1 = 2`:            "y₀ = 1; y₁ = 2",
		`\overline{dy} \overline{x}`:              "d\u0305y\u0305 x\u0305",
		`a \`:                                     `a \`,
		`{a`:                                      "a",
		`}`:                                       "}",
		`^`:                                       "",
	} {
		if got := Readable(formula); got != want {
			t.Errorf("%s is %q, not %q", formula, got, want)
		}
	}
}

func FuzzReadable(f *testing.F) {
	for _, seed := range []string{`\frac{1}{n}`, `x_`, `\`, `{{{`, `^^`, `\frac\frac`, "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		if len(formula) < 10000 {
			Readable(formula)
		}
	})
}
