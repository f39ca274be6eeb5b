package viz

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
)

// fontStack names the fonts with the widths that the layout counted on: Liberation Sans, and
// Arial and Helvetica, after which it was made.
const fontStack = "'Liberation Sans',Arial,Helvetica,Arimo,sans-serif"

// gonum's SVG names a font that it does not embed, in every text; fixes its size in points; and
// calls its PNG images JPEG. This puts all three right.
var gonumText = strings.NewReplacer(
	"font-family:Liberation Sans;font-variant:normal;", "",
	"font-weight:normal;font-style:normal;", "",
	"font-style:normal;", "",
	"data:image/jpg;base64,", "data:image/png;base64,",
	"xlink:href=", `preserveAspectRatio="none" href=`,
)

// gonumHead matches all that stands before the drawing itself.
var gonumHead = regexp.MustCompile(`(?s)^.*?<svg[^>]*>`)

// svgBody is the drawing without gonum's <svg> element.
func svgBody(raw []byte) string {
	body := raw[len(gonumHead.Find(raw)):]
	body = bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(body), []byte("</svg>")))
	return gonumText.Replace(string(body))
}

// standaloneSVG is a file that any viewer shows as it was drawn.
func standaloneSVG(raw []byte, s *sheet, p Picture) []byte {
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %g %g" role="img" font-family="%s">
<title>%s</title>
%s
</svg>
`, s.w, s.h, s.w, s.h, fontStack, html.EscapeString(p.Description()), svgBody(raw))
}

// inlineSVG is for a page: as wide as its column allows, and in the page's inks, which may be
// light on dark. The page names it; a reader's machine need not spell it out.
func inlineSVG(p Picture) (string, *sheet, error) {
	s, err := arrange(p, false)
	if err != nil {
		return "", nil, err
	}
	raw, err := rawSVG(s)
	if err != nil {
		return "", nil, fmt.Errorf("drawing %s as SVG: %w", p, err)
	}
	return fmt.Sprintf(`<svg viewBox="0 0 %g %g" width="%.0f" aria-hidden="true" font-family="%s">
%s
</svg>`, s.w, s.h, s.w, fontStack, toInks.Replace(svgBody(raw))), s, nil
}

// toInks replaces the colours that depend on the page by its CSS variables.
var toInks = func() *strings.Replacer {
	var pairs []string
	for _, k := range inks {
		pairs = append(pairs, ":"+string(k.Role), fmt.Sprintf(":var(%s,%s)", k.Name, k.Role))
	}
	return strings.NewReplacer(pairs...)
}()
