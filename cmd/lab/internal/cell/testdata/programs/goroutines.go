package main

import (
	"fmt"
	"sync"
	"time"
)

type safe struct {
	mu sync.Mutex
	n  map[string]int
}

func (s *safe) add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n[key]++
}

func produce(n int, out chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := range n {
		out <- i
	}
}

func main() {
	s := safe{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Add(1)
		go func(k string) {
			defer wg.Done()
			s.add(k)
		}([]string{"even", "odd"}[i%2])
	}
	wg.Wait()
	fmt.Println(s.n["even"], s.n["odd"])
	out := make(chan int)
	wg.Add(1)
	go produce(5, out, &wg)
	go func() { wg.Wait(); close(out) }()
	total := 0
	for v := range out {
		total += v
	}
	fmt.Println(total)
	select {
	case <-out:
		fmt.Println("closed")
	case <-time.After(time.Second):
		fmt.Println("late")
	}
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { fmt.Println("recovered", recover()) }()
		panic("in goroutine")
	}()
	<-done
}
