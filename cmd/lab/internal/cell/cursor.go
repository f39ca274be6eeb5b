package cell

import (
	"go/scanner"
	"go/token"
	"unicode"
	"unicode/utf8"
)

// The text around the cursor, which may be unfinished: the word there, and
// whether it stands in a string, a comment or an import.

// cursorWord stands for the word at the cursor.
const cursorWord = mark + "cursor"

// wordAt returns where the identifier around a byte begins and ends.
func wordAt(source string, offset int) (from, to int) {
	inWord := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	from, to = offset, offset
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(source[:from])
		if !inWord(r) {
			break
		}
		from -= size
	}
	for to < len(source) {
		r, size := utf8.DecodeRuneInString(source[to:])
		if !inWord(r) {
			break
		}
		to += size
	}
	return from, to
}

func parses(text string) bool {
	_, err := parse(token.NewFileSet(), &source{text: text})
	return err == nil
}

// unfinished returns the token that the text ends in and where it begins: a
// string, a comment or a word.
func unfinished(text string) (tok token.Token, from int) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	for {
		pos, next, literal := s.Scan()
		switch {
		case next == token.EOF:
			return tok, from
		case next != token.SEMICOLON || literal == ";":
			tok, from = next, file.Offset(pos)
		}
	}
}

// importString returns where the path begins that is being typed in an import,
// -1 if none is.
func importString(before string) int {
	tok, from := unfinished(before + "x")
	pieces := split(before)
	if tok != token.STRING || len(pieces) == 0 || pieces[len(pieces)-1].kind != importing {
		return -1
	}
	return from + 1
}

// inText tells whether what follows stands in a string or a comment.
func inText(before string) bool {
	tok, _ := unfinished(before + "x")
	return tok == token.STRING || tok == token.CHAR || tok == token.COMMENT
}
