package browsertest

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Click clicks in the middle of the first element that a selector finds, with
// the mouse.
func (p *Page) Click(selector string) {
	p.t.Helper()
	at := p.at(selector, []Spot{{0.5, 0.5}})[0]
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// Move moves the mouse to a place.
func (p *Page) Move(x, y float64) {
	p.t.Helper()
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
}

// Type types a text, letter by letter.
func (p *Page) Type(text string) {
	p.t.Helper()
	for _, r := range text {
		p.key(r, 0)
	}
}

// names are the keys that have no letter.
var names = map[string]string{
	"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab, "Backspace": kb.Backspace, "Delete": kb.Delete, "Space": " ",
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

var modifiers = map[string]chromedp.Modifier{
	"Ctrl": chromedp.ModifierCtrl, "Alt": chromedp.ModifierAlt, "Shift": chromedp.ModifierShift,
}

// Press presses keys, one after the other: "Shift-Enter", "Escape", "d".
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		parts := strings.Split(key, "-")
		var held chromedp.Modifier
		for _, name := range parts[:len(parts)-1] {
			held |= modifiers[name]
		}
		last := parts[len(parts)-1]
		if code, ok := names[last]; ok {
			last = code
		}
		p.key([]rune(last)[0], held)
	}
}

// key presses a key and lets it go. The letter comes with the press, so that
// none appears where the page handles the key itself.
func (p *Page) key(r rune, held chromedp.Modifier) {
	p.t.Helper()
	events := kb.Encode(r)
	down, up := events[0], events[len(events)-1]
	down.Modifiers |= int64(held)
	up.Modifiers |= int64(held)
	shortcut := held&(chromedp.ModifierCtrl|chromedp.ModifierAlt) != 0
	if len(events) == 3 && !shortcut {
		down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
	}
	for _, event := range []*input.DispatchKeyEventParams{down, up} {
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, *event); err != nil {
			p.t.Fatal(err)
		}
	}
}
