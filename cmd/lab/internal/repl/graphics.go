package repl

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-sixel"
)

// A protocol is how a terminal takes pictures.
type protocol string

const (
	letters protocol = "letters" // it takes none: they are made of half blocks
	kitty   protocol = "kitty"
	iterm   protocol = "iterm2"
	sixels  protocol = "sixel"
)

// graphicsVariable forces a protocol, for terminals that do not say what they are.
const graphicsVariable = "RESLAB_GRAPHICS"

// protocolOf guesses from the environment. A multiplexer, as tmux, hides the
// terminal, and passes no pictures on unless told to.
func protocolOf(env func(string) string) protocol {
	switch forced := protocol(env(graphicsVariable)); forced {
	case letters, kitty, iterm, sixels:
		return forced
	}
	term, program := env("TERM"), env("TERM_PROGRAM")
	switch {
	case env("TMUX") != "" || strings.HasPrefix(term, "screen") || strings.HasPrefix(term, "tmux"):
		return letters
	case env("KITTY_WINDOW_ID") != "" || term == "xterm-kitty" || term == "xterm-ghostty":
		return kitty
	case program == "iTerm.app" || program == "WezTerm":
		return iterm
	case term == "foot" || strings.HasPrefix(term, "foot-") || term == "mlterm" || term == "contour":
		return sixels
	}
	return letters
}

// rows is the height of a picture in lines.
const rows = 18

// encode returns what draws a PNG, given in base64, on the terminal.
func (p protocol) encode(data string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return "", fmt.Errorf("reading a picture: %w", err)
	}
	var out strings.Builder
	switch p {
	case kitty:
		kittyChunks(&out, data)
	case iterm:
		fmt.Fprint(&out, ansi.ITerm2(fmt.Sprintf("File=inline=1;height=%d;preserveAspectRatio=1:%s", rows, data)))
	case sixels:
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			return "", fmt.Errorf("reading a picture: %w", err)
		}
		if err := encodeSixel(&out, picture); err != nil {
			return "", fmt.Errorf("drawing a picture: %w", err)
		}
	}
	return out.String() + "\n", nil
}

// kittyChunks sends the picture in pieces of 4096 characters, as kitty wants it.
func kittyChunks(out *strings.Builder, data string) {
	const piece = 4096
	options := []string{"f=100", "a=T", fmt.Sprintf("r=%d", rows), "q=2"}
	for len(data) > piece {
		out.WriteString(ansi.KittyGraphics([]byte(data[:piece]), append(options, "m=1")...))
		data, options = data[piece:], nil
	}
	out.WriteString(ansi.KittyGraphics([]byte(data), append(options, "m=0")...))
}

func encodeSixel(out *strings.Builder, picture image.Image) error {
	return sixel.NewEncoder(out).Encode(picture)
}

// environment is os.Getenv, but for tests.
var environment = os.Getenv
