package document

import "strings"

// assemble makes the blocks: the cells and quotes that were found, and prose of
// all that lies between them.
func (r *reader) assemble() {
	d := r.doc
	head, from := r.blank(len(d.head), len(r.source))
	d.head += head
	for _, p := range r.fixed {
		r.prose(from, p.from)
		b := p.block
		_, from = r.blank(p.to, len(r.source))
		b.text.split(string(r.source[p.from:from]))
		r.add(b)
	}
	r.prose(from, len(r.source))
}

// prose makes blocks of the text up to a place. A heading begins a new one, and
// so does what stands below a separator.
func (r *reader) prose(from, to int) {
	for from < to {
		end, next := r.pieceEnd(from, to)
		b := &Block{Kind: Prose}
		b.text.split(string(r.source[from:end]))
		b.text.trail += string(r.source[end:next])
		b.Source = strings.ReplaceAll(b.text.body, "\r\n", "\n")
		r.add(b)
		from = next
	}
}

// pieceEnd returns where the text of a piece of prose ends, and where the next
// piece begins.
func (r *reader) pieceEnd(from, to int) (end, next int) {
	end, next = to, to
	for _, h := range r.headings {
		if h > from && h < to {
			end, next = h, h
			break
		}
	}
	for _, s := range r.splits {
		_, below := r.blank(s[1], to)
		if s[0] > from && s[0] < end && below < to && strings.TrimSpace(string(r.source[from:s[0]])) != "" {
			return s[0], below
		}
	}
	return end, next
}

func (r *reader) add(b *Block) {
	d := r.doc
	b.ID, b.was = d.newID(), b.content()
	if n := len(d.Blocks); n > 0 {
		d.Blocks[n-1].next = b.ID
	}
	d.Blocks = append(d.Blocks, b)
}

// blank returns the empty lines from a place on, and where they end.
func (r *reader) blank(from, to int) (lines string, end int) {
	end = from
	for end < to {
		next := r.lineEnd(end)
		if strings.TrimSpace(string(r.source[end:next])) != "" {
			break
		}
		end = next
	}
	return string(r.source[from:end]), end
}

// split tells a block from the end of its last line and the empty lines after it.
func (t *text) split(all string) {
	end := 0
	for at := 0; at < len(all); {
		line := all[at:]
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		if strings.TrimSpace(line) != "" {
			end = at + len(strings.TrimSuffix(line, "\r"))
		}
		at += len(line) + 1
	}
	t.body, t.trail = all[:end], all[end:]
}
