package viz

import (
	"math"
	"strconv"
	"strings"
)

// Number writes v for a reader: three significant digits, thousands grouped, powers of ten for
// the very large and very small. Examples: 0.0123, 2,300, 1.7×10⁻¹³.
func Number(v float64) string {
	size := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "infinite"
	case math.IsInf(v, -1):
		return "−infinite"
	case v == 0:
		return "0"
	case v < 0:
		return "−" + Number(-v)
	case size < 1e-3 || size >= 999500:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 2, 64), "e")
		n, _ := strconv.Atoi(exponent)
		return trimZeros(mantissa) + "×" + powerOfTen(n)
	case size >= 999.5:
		unit := math.Pow(10, math.Floor(math.Log10(v))-2)
		return grouped(int(math.Round(v/unit) * unit))
	}
	return trimZeros(strconv.FormatFloat(v, 'f', max(0, 2-int(math.Floor(math.Log10(v)))), 64))
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// grouped writes n >= 0 with a comma after every three digits.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(1000 + n%1000)[1:]
	return grouped(n/1000) + "," + rest
}

// powerOfTen writes 10ⁿ.
func powerOfTen(n int) string {
	var b strings.Builder
	b.WriteString("10")
	for _, r := range strconv.Itoa(n) {
		b.WriteRune(raised[r])
	}
	return b.String()
}

var raised = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '-': '⁻',
}

// lowered undoes raised, to draw a superscript in fonts that lack the character.
var lowered = func() map[rune]rune {
	m := make(map[rune]rune, len(raised))
	for r, up := range raised {
		m[up] = r
	}
	m['⁻'] = '−'
	return m
}()

// Floats widens float32 data, a tensor's for example, to what the pictures take.
func Floats(data []float32) []float64 {
	wide := make([]float64, len(data))
	for i, v := range data {
		wide[i] = float64(v)
	}
	return wide
}

// Matrix cuts flat row-major data into rows of the given number of columns. Data that do not fill
// the last row end in a shorter one.
func Matrix(data []float32, columns int) [][]float64 {
	var rows [][]float64
	for len(data) > 0 && columns > 0 {
		n := min(columns, len(data))
		rows = append(rows, Floats(data[:n]))
		data = data[n:]
	}
	return rows
}
