package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"reslab/cmd/lab/internal/terminal"
)

// wrongUse says what is wrong with a command line, and which help tells more.
func wrongUse(err error) string {
	sentence := err.Error()
	for _, r := range rewordings {
		sentence = r.from.ReplaceAllString(sentence, r.to)
	}
	sentence = subcommands(err, sentence)
	see := "; see"
	if strings.HasSuffix(sentence, "?") {
		see = " See"
	}
	return fmt.Sprintf("lab: %s%s %s --help", sentence, see, meant(err))
}

// rewordings put what kong says into the words of someone who writes no programs
// of this kind.
var rewordings = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`^expected "(<[^"]*>)[^"]*"`), "$1 is missing"},
	{regexp.MustCompile(`^missing flags: ([^,]*)$`), "$1 is missing"},
	{regexp.MustCompile(`^missing flags: (.*)$`), "$1 are missing"},
	{regexp.MustCompile(`^(--[a-z-]+): (expected .*EOL.*|missing value.*)$`), "$1 needs a value"},
	{regexp.MustCompile(`^(--[a-z-]+): expected a valid \d+ bit int but got (".*?")$`), "$1: $2 is no whole number"},
	{regexp.MustCompile(`^(--[a-z-]+): expected a valid \d+ bit uint but got (".*?")$`), "$1: $2 is no whole number from 0 on"},
	{regexp.MustCompile(`^(--[a-z-]+): expected a float but got (".*?").*$`), "$1: $2 is no number"},
}

// subcommands lists all that may follow, of which kong names five, and says below
// which command a word stands that none begins with, as compare.
func subcommands(err error, sentence string) string {
	wrong := new(kong.ParseError)
	if !errors.As(err, &wrong) {
		return sentence
	}
	if node := wrong.Context.Selected(); node != nil {
		if strings.HasPrefix(sentence, "expected one of ") {
			return "say what to do, one of " + strings.Join(names(node.Children), ", ")
		}
		return sentence
	}
	word, unexpected := strings.CutPrefix(sentence, "unexpected argument ")
	var whole []string
	for _, command := range wrong.Context.Model.Children {
		if unexpected && slices.Contains(names(command.Children), word) {
			whole = append(whole, fmt.Sprintf("%q", command.Name+" "+word))
		}
	}
	if len(whole) == 0 {
		return sentence
	}
	return fmt.Sprintf("%s, did you mean %s?", sentence, strings.Join(whole, " or "))
}

func names(nodes []*kong.Node) (all []string) {
	for _, n := range nodes {
		if !n.Hidden {
			all = append(all, n.Name)
		}
	}
	return all
}

// meant is the command that a wrong command line had come to, whose help tells
// more than that of all commands.
func meant(err error) string {
	program := terminal.Program(".")
	if wrong := new(kong.ParseError); errors.As(err, &wrong) {
		if node := wrong.Context.Selected(); node != nil {
			return program + strings.TrimPrefix(node.FullPath(), "lab")
		}
	}
	return program
}

// joined writes "--epochs -1" as "--epochs=-1": kong takes a number that begins
// with a dash for a flag.
func joined(args []string) []string {
	var out []string
	for _, arg := range args {
		last := len(out) - 1
		if negative.MatchString(arg) && last >= 0 && strings.HasPrefix(out[last], "--") && !strings.Contains(out[last], "=") {
			out[last] += "=" + arg
			continue
		}
		out = append(out, arg)
	}
	return out
}

var negative = regexp.MustCompile(`^-[0-9.]`)

// duration reads a time, and says how to write one.
func duration(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("duration", &text); err != nil {
		return err
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is no duration: write it with its unit, as 2m or 30s", text)
	}
	target.SetInt(int64(d))
	return nil
}
