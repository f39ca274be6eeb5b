package library

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"reslab/cmd/lab/internal/progress"
)

// memories answers with the questions from memory for the top of a lesson:
// /lessons/memories?lesson=04.
func (l *Library) memories(w http.ResponseWriter, r *http.Request) {
	due, err := l.learner.Memories(r.URL.Query().Get("lesson"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, append([]progress.Memory{}, due...)) // a list even if there are none
}

// said is what the learner answers from memory.
type said struct {
	In         string  `json:"in"`     // the lesson that asks
	Lesson     string  `json:"lesson"` // the question: where the bet was made, and its name
	Name       string  `json:"name"`
	Said       string  `json:"said"`
	Confidence float64 `json:"confidence"` // 0 to 1
}

// remember keeps an answer and tells the truth. Only what is asked can be
// answered: else one could look the truth up.
func (l *Library) remember(w http.ResponseWriter, r *http.Request) {
	var s said
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4<<10)).Decode(&s); err != nil {
		http.Error(w, "This answer cannot be read: load the page again.", http.StatusBadRequest)
		return
	}
	due, err := l.learner.Memories(s.In)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	i := slices.IndexFunc(due, func(m progress.Memory) bool { return m.Lesson == s.Lesson && m.Name == s.Name })
	if i < 0 {
		http.Error(w, fmt.Sprintf("Lesson %s does not ask this now: load the page again.", s.In), http.StatusConflict)
		return
	}
	told, err := l.learner.Answered(s.In, due[i], s.Said, min(max(s.Confidence, 0), 1))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, told)
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(value) // the browser may have gone
}
