package page_test

import (
	"io/fs"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"reslab/cmd/lab/internal/notebook/page"
)

// enough is the contrast that WCAG asks of text.
const enough = 4.5

// on says which colours of text stand on which grounds.
var on = map[string][]string{
	"ink":       {"paper", "code", "band", "right-band", "wrong-band", "aside-band"},
	"muted":     {"paper", "code", "band"},
	"accent":    {"paper", "code", "band"},
	"wrong":     {"paper", "code", "wrong-band"},
	"right":     {"paper", "code", "right-band"},
	"aside":     {"paper", "code", "aside-band"},
	"built-in":  {"paper", "code"},
	"residual":  {"paper", "code"},
	"on-accent": {"accent", "residual"},
}

// TestContrast computes, from the style sheets, whether all text can be read, in
// light and in dark.
func TestContrast(t *testing.T) {
	for _, dark := range []bool{false, true} {
		colours := palette(t, dark)
		for text, grounds := range on {
			for _, ground := range grounds {
				if got := contrast(colours[text], colours[ground]); got < enough {
					t.Errorf("dark %v: %s on %s has a contrast of %.2f, below %g", dark, text, ground, got, enough)
				}
			}
		}
	}
}

// TestTextHasColoursOfThePalette: what TestContrast does not know, no text has.
func TestTextHasColoursOfThePalette(t *testing.T) {
	colour := regexp.MustCompile(`(?:^|[\s;{])color:\s*([^;}]+)`)
	known := regexp.MustCompile(`^var\(--([a-z-]+)\)$`)
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "dist") {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, ".css") || strings.HasPrefix(path, "testdata") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range colour.FindAllStringSubmatch(string(content), -1) {
			switch value := strings.TrimSpace(match[1]); {
			case value == "inherit", value == "transparent", value == "currentColor":
			case known.MatchString(value) && on[known.FindStringSubmatch(value)[1]] != nil:
			default:
				t.Errorf("%s: text has the colour %s, whose contrast is not known", path, value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// palette is the colours of the page by their names.
func palette(t *testing.T, dark bool) map[string][3]float64 {
	t.Helper()
	block := regexp.MustCompile(`(?s)(@media screen and \(prefers-color-scheme: ?dark\) ?\{\s*)?:root ?\{(.*?)\}`)
	set := regexp.MustCompile(`--(?:viz-)?([a-z-]+): *#([0-9a-fA-F]{6})`)
	colours := map[string][3]float64{}
	for _, name := range []string{"viz.css", "style.css"} {
		content, err := page.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range block.FindAllStringSubmatch(string(content), -1) {
			if b[1] != "" && !dark {
				continue
			}
			for _, c := range set.FindAllStringSubmatch(b[2], -1) {
				rgb, err := strconv.ParseUint(c[2], 16, 32)
				if err != nil {
					t.Fatal(err)
				}
				colours[c[1]] = [3]float64{float64(rgb >> 16), float64(rgb >> 8 & 255), float64(rgb & 255)}
			}
		}
	}
	for text, grounds := range on {
		for _, name := range append([]string{text}, grounds...) {
			if _, ok := colours[name]; !ok {
				t.Fatalf("the style sheets have no colour --%s", name)
			}
		}
	}
	return colours
}

// contrast is that of WCAG 2: from 1, the same, to 21, black on white.
func contrast(a, b [3]float64) float64 {
	high, low := luminance(a), luminance(b)
	return (max(high, low) + 0.05) / (min(high, low) + 0.05)
}

func luminance(rgb [3]float64) float64 {
	sum := 0.0
	for i, share := range []float64{0.2126, 0.7152, 0.0722} {
		v := rgb[i] / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += share * v
	}
	return sum
}

func TestContrastByHand(t *testing.T) {
	black, white, grey := [3]float64{}, [3]float64{255, 255, 255}, [3]float64{0x76, 0x76, 0x76}
	if got := contrast(black, white); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white: %g, want 21", got)
	}
	if got := contrast(grey, white); math.Abs(got-4.54) > 0.005 { // the lightest grey that passes
		t.Errorf("#767676 on white: %g, want 4.54", got)
	}
}
