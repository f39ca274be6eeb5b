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

// Touch draws a line with a finger through places of the window.
func (p *Page) Touch(places ...[2]float64) {
	p.t.Helper()
	send := func(kind string, points ...*input.TouchPoint) {
		_, err := chromedp.Call(p.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventType(kind), TouchPoints: points})
		if err != nil {
			p.t.Fatal(err)
		}
	}
	for i, at := range places {
		kind := "touchMove"
		if i == 0 {
			kind = "touchStart"
		}
		send(kind, &input.TouchPoint{X: at[0], Y: at[1]})
	}
	send("touchEnd")
}
