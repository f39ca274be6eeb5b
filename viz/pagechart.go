package viz

import "html/template"

// pageChart is a Chart with a form for each kind of screen.
type pageChart struct {
	Chart
	Forms []pageForm
}

// A pageForm is a chart laid out for screens of one kind, its parts marked as safe: viz itself
// wrote them.
type pageForm struct {
	Screens       string // wide, narrow, or empty: all
	Width, Height int
	Drawing       template.HTML
	Interactive   bool
	JSON          template.JS
}

// phone is how wide the charts for a narrow screen are, in CSS pixels.
const phone = 360

// chartOf draws a picture, and once more for a phone where it is too wide for one.
func chartOf(p Picture) (*pageChart, error) {
	wide, err := Inline(p)
	if err != nil {
		return nil, err
	}
	c := &pageChart{wide, []pageForm{formOf(wide, "")}}
	if small := Narrow(p, phone); small != p {
		narrow, err := Inline(small)
		if err != nil {
			return nil, err
		}
		c.Forms = []pageForm{formOf(wide, "wide"), formOf(narrow, "narrow")}
	}
	return c, nil
}

func formOf(c Chart, screens string) pageForm {
	return pageForm{screens, c.Width, c.Height, template.HTML(c.SVG), string(c.Option) != "null", template.JS(c.Option)}
}
