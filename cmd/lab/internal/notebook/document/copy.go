package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"reslab/cmd/lab/internal/lesson"
)

// A learner works on a copy of a lesson: a Markdown file whose first line says
// which lesson it is of, and which version of that:
//
//	<!-- lab: {"lesson": "02", "version": "5b1f0c3a99d2e7f4"} -->
//
// The lesson itself is never written to.

// Origin is the lesson that a document comes from.
type Origin struct {
	Lesson  string // its ID, as 02
	Version string
}

// Version names the text of a lesson: another text has another version.
func Version(l *lesson.Lesson) string {
	sum := sha256.Sum256(l.Source)
	return hex.EncodeToString(sum[:8])
}

// FromLesson returns a lesson as a notebook, a learner's fresh copy. Exercises
// carry their hints, their solution and what is to be read afterwards; these
// leave the prose.
func FromLesson(l *lesson.Lesson) (*Document, error) {
	return ReadCopy(l.Source, l)
}

// ReadCopy reads a learner's copy of a lesson. It may be of an older version, as
// Outdated tells. The hints and solutions are the lesson's of today.
func ReadCopy(markdown []byte, l *lesson.Lesson) (*Document, error) {
	d, err := Parse(markdown)
	if err != nil {
		return nil, fmt.Errorf("your copy of lesson %s: %w", l.ID, err)
	}
	original, err := Parse(l.Source)
	if err != nil {
		return nil, fmt.Errorf("lesson %s: %w", l.ID, err)
	}
	original.solve(l)
	for b, from := range match(d.Blocks, original.Blocks) {
		b.origin = from
		if b.Exercise != nil {
			b.Exercise = from.Exercise
		}
	}
	if d.Origin == nil {
		d.Keep(l)
	}
	return d, nil
}

// solve gives the exercises of a lesson their solutions.
func (d *Document) solve(l *lesson.Lesson) {
	for _, c := range l.Cells {
		for _, b := range d.Blocks {
			if e := b.Exercise; e != nil && e.Name == c.Exercise {
				e.Solution, _ = l.Solved(c) // a test has seen that each can be
			}
		}
	}
}

// Outdated tells whether the lesson changed since this copy of it was made.
func (d *Document) Outdated(l *lesson.Lesson) bool {
	return d.Origin != nil && d.Origin.Version != Version(l)
}

// Keep keeps the copy as it is, and takes note that the learner knows of the
// lesson's new version: it is not Outdated any more.
func (d *Document) Keep(l *lesson.Lesson) {
	d.Origin = &Origin{Lesson: l.ID, Version: Version(l)}
	origin, _ := json.Marshal(map[string]string{"lesson": d.Origin.Lesson, "version": d.Origin.Version}) // strings: cannot fail
	d.head = "<!-- lab: " + string(origin) + " -->" + d.eol + d.eol
}

// Changed tells whether a block differs from what the lesson has in its place.
// What the learner added has nothing in its place.
func (b *Block) Changed() bool { return b.origin != nil && b.origin.Source != b.Source }

// Reset gives a block the text that the lesson has in its place.
func (d *Document) Reset(id string) error {
	b, err := d.need(id)
	switch {
	case err != nil:
		return err
	case b.origin == nil:
		return fmt.Errorf("block %s is your own: the lesson has nothing in its place", id)
	}
	b.Source, b.Output = b.origin.Source, b.origin.Output
	return nil
}
