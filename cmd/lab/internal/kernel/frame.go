package kernel

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// MaxFrame is the most bytes that one message may have.
const MaxFrame = 32 << 20

// A Message is one frame: four bytes, big-endian, with the length of what
// follows; then this as JSON.
type Message struct {
	Type Type            `json:"type"`
	ID   int64           `json:"id,omitempty"`   // of the request that it is, answers or belongs to
	Body json.RawMessage `json:"body,omitempty"` // by Type
}

// decode reads the body into a value of the type that m.Type names.
func (m Message) decode(to any) error {
	if err := json.Unmarshal(m.Body, to); err != nil {
		return fmt.Errorf("reading a %s message: %w", m.Type, err)
	}
	return nil
}

// readMessage reads one frame. It returns io.EOF at the end between two frames.
// A length beyond MaxFrame is refused before anything is read, and memory is
// taken only for bytes that arrive.
func readMessage(r io.Reader) (Message, error) {
	var m Message
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("the length of a frame is cut off: %w", err)
		}
		return m, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length == 0 || length > MaxFrame {
		return m, fmt.Errorf("a frame of %d bytes: there must be 1 to %d", length, MaxFrame)
	}
	var body bytes.Buffer
	if n, err := io.CopyN(&body, r, int64(length)); err != nil {
		return m, fmt.Errorf("a frame of %d bytes is cut off after %d: %w", length, n, io.ErrUnexpectedEOF)
	}
	if err := json.Unmarshal(body.Bytes(), &m); err != nil {
		return m, fmt.Errorf("a frame is not a message: %w", err)
	}
	if m.Type == "" {
		return m, errors.New("a message has no type")
	}
	return m, nil
}

var errTooLong = fmt.Errorf("a message has more than %d bytes", MaxFrame)

// A wire writes messages, from any goroutine.
type wire struct {
	mu sync.Mutex
	w  io.Writer
}

// send writes one frame; body may be nil.
func (w *wire) send(t Type, id int64, body any) error {
	m := Message{Type: t, ID: id}
	if body != nil {
		var err error
		if m.Body, err = json.Marshal(body); err != nil {
			return fmt.Errorf("writing a %s message: %w", t, err)
		}
	}
	frame, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing a %s message: %w", t, err)
	}
	if len(frame) > MaxFrame {
		return fmt.Errorf("%w: %s of %d bytes", errTooLong, t, len(frame))
	}
	frame = append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(frame)), uint32(len(frame))), frame...)
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.w.Write(frame); err != nil {
		return fmt.Errorf("sending a %s message: %w", t, err)
	}
	return nil
}
