package kernel

import "sync"

// stock keeps what calls use again and again. Unlike a sync.Pool it is never
// emptied, and what was given back last is handed out first: so a net that runs
// steadily finds there what it needs. It holds as many as were in use at once.
type stock[T any] struct {
	make  func() *T
	mutex sync.Mutex
	free  []*T
}

func (s *stock[T]) take() *T {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	last := len(s.free) - 1
	if last < 0 {
		return s.make()
	}
	t := s.free[last]
	s.free = s.free[:last]
	return t
}

func (s *stock[T]) giveBack(t *T) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.free = append(s.free, t)
}
