package kernel

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// By hand: four bytes of length, and JSON.
func TestFrame(t *testing.T) {
	var b bytes.Buffer
	if err := (&wire{w: &b}).send(TypeInterrupt, 7, nil); err != nil {
		t.Fatal(err)
	}
	if want := "\x00\x00\x00\x1b" + `{"type":"interrupt","id":7}`; b.String() != want {
		t.Errorf("got %q, not %q", b.String(), want)
	}
	m, err := readMessage(&b)
	if err != nil || m.Type != TypeInterrupt || m.ID != 7 || m.Body != nil {
		t.Errorf("got %+v, %v", m, err)
	}
	if _, err := readMessage(&b); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

// What is sent arrives, in order, however the bytes are cut on their way.
func TestFramesArrive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Stream {
			return Stream{Name: "stdout", Text: strings.ToValidUTF8(rapid.String().Draw(t, "text"), "")}
		})).Draw(t, "streams")
		var b bytes.Buffer
		w := &wire{w: &b}
		for i, s := range sent {
			if err := w.send(TypeStream, int64(i+1), s); err != nil {
				t.Fatal(err)
			}
		}
		r := iotest.OneByteReader(&b)
		for i, s := range sent {
			m, err := readMessage(r)
			var got Stream
			if err != nil || m.decode(&got) != nil || got != s || m.ID != int64(i+1) {
				t.Fatalf("message %d: %+v, %v, not %+v", i, m, err, s)
			}
		}
	})
}

func TestBrokenFramesAreRefused(t *testing.T) {
	for name, frame := range map[string]string{
		"no length":        "\x00\x00\x00\x00",
		"too long":         "\xff\xff\xff\xff{}",
		"cut in its head":  "\x00\x00",
		"cut in its body":  "\x00\x00\x00\x09{\"ty",
		"no JSON":          "\x00\x00\x00\x03abc",
		"no object":        "\x00\x00\x00\x021\n",
		"without a type":   "\x00\x00\x00\x02{}",
		"a type of number": "\x00\x00\x00\x0a{\"type\":1}",
	} {
		if m, err := readMessage(strings.NewReader(frame)); err == nil || err == io.EOF {
			t.Errorf("%s: read as %+v, %v", name, m, err)
		}
	}
	if err := (&wire{w: io.Discard}).send(TypeStream, 1, Stream{Text: strings.Repeat("x", MaxFrame)}); !errors.Is(err, errTooLong) {
		t.Errorf("a message that is too long: %v", err)
	}
}

// FuzzReadMessage: whatever arrives, reading ends, in a message or an error, and
// what was read can be sent again.
func FuzzReadMessage(f *testing.F) {
	for _, m := range []string{`{"type":"hello","id":1,"body":{"version":1}}`, `{"type":"stream","body":{"text":"\ud800"}}`, `{"type":"x","id":-1,"body":[[[]]]}`, `{}`, `null`} {
		f.Add(append(binary.BigEndian.AppendUint32(nil, uint32(len(m))), m...))
	}
	f.Add([]byte("\x01\xff\xff\xff{\"type\":\"x\"}"))
	f.Add([]byte("\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		for {
			m, err := readMessage(r)
			if err != nil {
				return
			}
			var b bytes.Buffer
			var body any
			if m.Body != nil {
				body = m.Body
			}
			if err := (&wire{w: &b}).send(m.Type, m.ID, body); err != nil {
				t.Fatalf("%+v cannot be sent: %v", m, err)
			}
			again, err := readMessage(&b)
			if err != nil || again.ID != m.ID || !sameJSON(again.Body, m.Body) {
				t.Fatalf("%+v came back as %+v, %v", m, again, err)
			}
		}
	})
}

func sameJSON(a, b json.RawMessage) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// A frame that says to be long takes no memory before its bytes are there.
func TestLengthAloneTakesNoMemory(t *testing.T) {
	frame := string(binary.BigEndian.AppendUint32(nil, MaxFrame)) + "{"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := readMessage(strings.NewReader(frame)); err == nil {
		t.Error("a frame without its bytes is read")
	}
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<20 {
		t.Errorf("%d bytes are taken", taken)
	}
}

// The child survives what is no request: it answers, or ends.
func FuzzServer(f *testing.F) {
	for _, m := range []string{`{"type":"complete","id":1,"body":{"source":"nn.","offset":3}}`, `{"type":"execute","id":2,"body":7}`, `{"type":"interrupt","id":9}`, `{"type":"variables","id":3}`, `{"type":"nothing","id":4}`, `{"type":"start","id":5,"body":{"version":99}}`} {
		f.Add(append(binary.BigEndian.AppendUint32(nil, uint32(len(m))), m...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &server{}
		s.wire.w = io.Discard
		_ = s.serve(bytes.NewReader(data)) // no session has begun: every request is answered with an error
	})
}
