package browsertest

import (
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Mouse does one thing with the left button at a place of the window:
// mousePressed, mouseMoved or mouseReleased.
func (p *Page) Mouse(kind string, x, y float64) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventType(kind), X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1})
	if err != nil {
		p.t.Fatal(err)
	}
}
