package lesson

import (
	"fmt"
	"go/scanner"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// scriptName is what the kernel calls a script.
const scriptName = "your files"

// A script is Go files made one cell, as the compiler makes them one package.
// It knows which line is from where.
type script struct {
	text  strings.Builder
	lines int
	files []scriptFile
}

type scriptFile struct {
	name  string
	first int // its first line in the script, from 1
}

func (s *script) add(name, source string) {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	if !strings.HasSuffix(source, "\n") {
		source += "\n"
	}
	s.files = append(s.files, scriptFile{name, s.lines + 1})
	s.text.WriteString(withoutPackage(source))
	s.lines += strings.Count(source, "\n")
}

// withoutPackage puts spaces in the place of a package clause: lines and columns
// stay.
func withoutPackage(source string) string {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	at, tok, _ := s.Scan()
	if tok != token.PACKAGE {
		return source
	}
	name, tok, text := s.Scan()
	if tok != token.IDENT {
		return source
	}
	from, to := file.Offset(at), file.Offset(name)+len(text)
	return source[:from] + strings.Repeat(" ", to-from) + source[to:]
}

// place says where a line of the script is from.
func (s *script) place(line int) string {
	var at scriptFile
	for _, f := range s.files {
		if f.first <= line {
			at = f
		}
	}
	return fmt.Sprintf("%s:%d", at.name, line-at.first+1)
}

var scriptPlace = regexp.MustCompile(regexp.QuoteMeta(scriptName) + `:(\d+)`)

// placed writes the places in a message as those of the files, which an editor
// can jump to.
func (s *script) placed(message string) string {
	return scriptPlace.ReplaceAllStringFunc(message, func(place string) string {
		line, err := strconv.Atoi(place[len(scriptName)+1:])
		if err != nil {
			return place
		}
		return s.place(line)
	})
}
