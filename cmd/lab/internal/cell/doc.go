// Package cell runs the learner's code, cell by cell.
package cell
