package repl

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"reslab/nn"
)

func TestProtocolOf(t *testing.T) {
	for _, c := range []struct {
		env  string // as "NAME=value NAME=value"
		want protocol
	}{
		{"TERM=xterm-256color", letters},
		{"TERM=xterm-kitty", kitty},
		{"TERM=xterm KITTY_WINDOW_ID=1", kitty},
		{"TERM=xterm-kitty TMUX=/tmp/t", letters},
		{"TERM=xterm-256color TERM_PROGRAM=iTerm.app", iterm},
		{"TERM=xterm-256color TERM_PROGRAM=WezTerm", iterm},
		{"TERM=foot", sixels},
		{"TERM=screen RESLAB_GRAPHICS=sixel", sixels},
		{"TERM=xterm RESLAB_GRAPHICS=nonsense", letters},
	} {
		values := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			values[name] = value
		}
		if got := protocolOf(func(name string) string { return values[name] }); got != c.want {
			t.Errorf("%s: %s, want %s", c.env, got, c.want)
		}
	}
}

// Each protocol wraps the picture in its own escapes; kitty takes it in pieces
// that make the whole again.
func TestEncode(t *testing.T) {
	noise := image.NewGray(image.Rect(0, 0, 200, 100))
	random := nn.NewRandom(1)
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint64())
	}
	var file bytes.Buffer
	if err := png.Encode(&file, noise); err != nil {
		t.Fatal(err)
	}
	data := base64.StdEncoding.EncodeToString(file.Bytes())
	for p, frame := range map[protocol][2]string{
		kitty: {"\x1b_G", "\x1b\\"}, iterm: {"\x1b]1337;File=inline=1", "\a"}, sixels: {"\x1bP", "\x1b\\"},
	} {
		drawn, err := p.encode(data)
		if err != nil || !strings.HasPrefix(drawn, frame[0]) || !strings.HasSuffix(drawn, frame[1]+"\n") {
			t.Errorf("%s gives %.20q ... %q, %v", p, drawn, drawn[max(0, len(drawn)-5):], err)
		}
	}
	drawn, err := kitty.encode(data)
	if err != nil {
		t.Fatal(err)
	}
	var whole strings.Builder
	pieces := strings.Split(strings.TrimSuffix(drawn, "\n"), "\x1b\\")
	for _, piece := range pieces[:len(pieces)-1] {
		_, payload, _ := strings.Cut(piece, ";")
		if len(payload) > 4096 {
			t.Errorf("a piece has %d characters", len(payload))
		}
		whole.WriteString(payload)
	}
	if len(pieces) < 3 || whole.String() != data {
		t.Errorf("%d pieces do not make the picture", len(pieces)-1)
	}
	for _, p := range []protocol{kitty, iterm, sixels} {
		if _, err := p.encode("no base64!"); err == nil {
			t.Errorf("%s draws what is no picture", p)
		}
	}
}
