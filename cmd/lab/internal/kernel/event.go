package kernel

// An Event is what a cell lets be seen while it runs: a Stream, a Display or a
// Progress.
type Event interface{ event() }

func (Stream) event()   {}
func (Display) event()  {}
func (Progress) event() {}

// A Sink takes events, one at a time and in order. It may be called until the
// next Execute begins: goroutines of a cell print when it has ended, too. It
// must not call the Client.
type Sink func(Event)

// eventOf returns the event that a message is, nil if it is none.
func eventOf(m Message) Event {
	var err error
	var e Event
	switch m.Type {
	case TypeStream:
		var s Stream
		err = m.decode(&s)
		e = s
	case TypeDisplay:
		var d Display
		err = m.decode(&d)
		e = d
	case TypeProgress:
		var p Progress
		err = m.decode(&p)
		e = p
	}
	if err != nil {
		return nil
	}
	return e
}
