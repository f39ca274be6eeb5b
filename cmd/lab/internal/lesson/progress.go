package lesson

import (
	"fmt"

	"reslab/cmd/lab/internal/progress"
)

// Standing says how far the learner has come, and where that is kept.
func Standing() (string, error) {
	learner := progress.Own()
	record, err := learner.Read()
	if err != nil {
		return "", err
	}
	all, solved := 0, 0
	for _, l := range embedded() {
		all += l.Info.Exercises
		solved += l.solved(record)
	}
	return fmt.Sprintf("%d of %d exercises solved; kept in %s", solved, all, learner.File()), nil
}

// ExerciseNames returns the names of the lesson's exercises, in their order.
func (l *Lesson) ExerciseNames() (names []string) {
	for _, e := range l.exercises() {
		names = append(names, e.Exercise)
	}
	return names
}

// solved counts the exercises that have passed.
func (l *Lesson) solved(record *progress.Record) (n int) {
	for _, name := range l.ExerciseNames() {
		if record.Exercise(l.ID, name).Passed != nil {
			n++
		}
	}
	return n
}
