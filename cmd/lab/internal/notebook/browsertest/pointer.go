package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A Spot is a place in an element: shares of its width and height.
type Spot struct{ X, Y float64 }

// at brings the first element that a selector finds onto the screen, and returns
// where spots of it are, once it stands still.
func (p *Page) at(selector string, spots []Spot) (places [][2]float64) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("document.querySelector(%q)?.checkVisibility()", selector))
	box := Eval[[]float64](p, fmt.Sprintf(`(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		for (let before = "", n = 0; n < 50; n++) { // until the page around it rests
			const element = document.querySelector(%q); // which may be drawn anew meanwhile
			element.scrollIntoView({block: "center", behavior: "instant"});
			await frame();
			if (!element.isConnected) continue;
			const { left, top, width, height } = element.getBoundingClientRect();
			const now = [left, top, width, height];
			if (String(now) === before) return now;
			before = String(now);
		}
		return [];
	})()`, selector))
	if len(box) == 0 {
		p.t.Fatalf("%s does not stand still", selector)
	}
	for _, s := range spots {
		places = append(places, [2]float64{box[0] + s.X*box[2], box[1] + s.Y*box[3]})
	}
	return places
}

// Drag presses the mouse at the first spot of an element and moves it over the
// others; then it lets go.
func (p *Page) Drag(selector string, spots ...Spot) {
	p.t.Helper()
	for i, place := range p.at(selector, spots) {
		p.mouse(input.DispatchMouseEventTypeMouseMoved, place, input.MouseButtonLeft, map[bool]int64{false: 0, true: 1}[i > 0])
		if i == 0 {
			p.mouse(input.DispatchMouseEventTypeMousePressed, place, input.MouseButtonLeft, 1)
		}
		if i == len(spots)-1 {
			p.mouse(input.DispatchMouseEventTypeMouseReleased, place, input.MouseButtonLeft, 0)
		}
	}
}

// Drop drags files from elsewhere over an element, and lets them go there.
func (p *Page) Drop(selector string, files ...string) {
	p.t.Helper()
	place := p.at(selector, []Spot{{0.5, 0.5}})[0]
	for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		params := input.DispatchDragEventParams{Type: kind, X: place[0], Y: place[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}}
		if _, err := chromedp.Call(p.ctx, input.DispatchDragEvent, params); err != nil {
			p.t.Fatal(err)
		}
	}
}

// Hover moves the mouse over a spot of an element.
func (p *Page) Hover(selector string, spot Spot) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventTypeMouseMoved, p.at(selector, []Spot{spot})[0], input.MouseButtonNone, 0)
}

func (p *Page) mouse(kind input.DispatchMouseEventType, at [2]float64, button input.MouseButton, buttons int64) {
	p.t.Helper()
	params := input.DispatchMouseEventParams{Type: kind, X: at[0], Y: at[1], Button: button, Buttons: buttons, ClickCount: 1}
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, params); err != nil {
		p.t.Fatal(err)
	}
}

// Wheel turns the mouse wheel over the middle of an element, down if above zero.
func (p *Page) Wheel(selector string, by float64) {
	p.t.Helper()
	at := p.at(selector, []Spot{{0.5, 0.5}})[0]
	params := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: at[0], Y: at[1], DeltaX: 0.01, DeltaY: by} // a zero would be left out
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, params); err != nil {
		p.t.Fatal(err)
	}
}

// Touch puts a finger on the first spot of an element, moves it over the others,
// and lifts it.
func (p *Page) Touch(selector string, spots ...Spot) {
	p.t.Helper()
	kind := input.DispatchTouchEventTypeTouchStart
	for _, place := range p.at(selector, spots) {
		p.touch(kind, []*input.TouchPoint{{X: place[0], Y: place[1]}})
		kind = input.DispatchTouchEventTypeTouchMove
	}
	p.touch(input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{})
}

func (p *Page) touch(kind input.DispatchTouchEventType, points []*input.TouchPoint) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
		p.t.Fatal(err)
	}
}

// Mouse does one thing with the left button at a place of the window:
// mousePressed, mouseMoved or mouseReleased.
func (p *Page) Mouse(kind string, x, y float64) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventType(kind), [2]float64{x, y}, input.MouseButtonLeft, 1)
}

// TouchAt draws a line with a finger through places of the window.
func (p *Page) TouchAt(places ...[2]float64) {
	p.t.Helper()
	kind := input.DispatchTouchEventTypeTouchStart
	for _, at := range places {
		p.touch(kind, []*input.TouchPoint{{X: at[0], Y: at[1]}})
		kind = input.DispatchTouchEventTypeTouchMove
	}
	p.touch(input.DispatchTouchEventTypeTouchEnd, []*input.TouchPoint{})
}
