package kernel

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// recorded returns an output whose streams are kept.
func recorded() (*output, *[]Stream) {
	var sent []Stream
	return newOutput(func(_ int64, s Stream) { sent = append(sent, s) }), &sent
}

func joined(sent []Stream, name string) string {
	var b strings.Builder
	for _, s := range sent {
		if s.Name == name {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// All that is written comes, in order, and never half a rune.
func TestOutputIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(rapid.StringN(0, 500, -1).Draw(t, "text"), "")
		o, sent := recorded()
		o.begin(1)
		put := o.writer("stdout")
		for rest := []byte(text); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			put(rest[:n])
			if rapid.Bool().Draw(t, "flush") {
				o.flush()
			}
			rest = rest[n:]
		}
		o.end()
		for _, s := range *sent {
			if !utf8.ValidString(s.Text) {
				t.Fatalf("%q is sent", s.Text)
			}
		}
		if got := joined(*sent, "stdout"); got != text {
			t.Fatalf("got %q, not %q", got, text)
		}
	})
}

func TestStreamsKeepTheirOrder(t *testing.T) {
	o, sent := recorded()
	o.begin(1)
	o.writer("stdout")([]byte("a"))
	o.writer("stderr")([]byte("b"))
	o.writer("stdout")([]byte("c"))
	o.end()
	if got := fmt.Sprint(*sent); got != "[{stdout a} {stderr b} {stdout c}]" {
		t.Errorf("got %s", got)
	}
}

func TestFloodIsCut(t *testing.T) {
	const lines = 300_000
	o, sent := recorded()
	o.begin(1)
	put, total := o.writer("stdout"), 0
	for i := range lines {
		line := fmt.Appendf(nil, "line %06d\n", i)
		total += len(line)
		put(line)
	}
	o.end()
	got, notice := joined(*sent, "stdout"), joined(*sent, "notice")
	if len(got) > mostOutput+2*mostTail || !strings.HasPrefix(got, "line 000000\n") || !strings.HasSuffix(got, fmt.Sprintf("line %06d\n", lines-1)) {
		t.Errorf("%d bytes from %.12q to %q", len(got), got, got[len(got)-12:])
	}
	if want := fmt.Sprintf("[%d bytes are left out. The end:]", total-len(got)); !strings.Contains(notice, want) {
		t.Errorf("the notice is %q, without %q", notice, want)
	}
	o.begin(2)
	put([]byte("fresh\n"))
	o.end()
	if !strings.HasSuffix(joined(*sent, "stdout"), "fresh\n") {
		t.Error("the next cell does not begin afresh")
	}
}

// What is written to a capture comes out, without the marks of drain, whatever
// zeros are in it.
func TestCapture(t *testing.T) {
	var mu sync.Mutex
	var got bytes.Buffer
	c, err := startCapture(func(p []byte) {
		mu.Lock()
		defer mu.Unlock()
		got.Write(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.write.Close()
	var want bytes.Buffer
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		chunk := make([]byte, random.IntN(3000))
		for i := range chunk {
			chunk[i] = byte(random.IntN(3)) // many zeros, which marks begin with
		}
		if random.IntN(10) == 0 {
			chunk = append(chunk, c.mark[:random.IntN(len(c.mark))]...)
		}
		want.Write(chunk)
		if _, err := c.write.Write(chunk); err != nil {
			t.Fatal(err)
		}
		if random.IntN(3) == 0 {
			if err := c.drain(); err != nil {
				t.Fatal(err)
			}
			mu.Lock()
			same := bytes.Equal(got.Bytes(), want.Bytes())
			mu.Unlock()
			if !same {
				t.Fatal("after drain not all is there")
			}
		}
	}
	if err := c.write.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.drain(); err == nil {
		t.Error("a closed stream is drained")
	} else if !strings.Contains(err.Error(), os.ErrClosed.Error()) {
		t.Errorf("it says %v", err)
	}
}

func TestReason(t *testing.T) {
	three := 3
	for _, c := range []struct {
		order  string
		ending Ending
		crash  string
		want   string
	}{
		{order: "Told to.", crash: "panic: x", want: "Told to."},
		{ending: Ending{Exit: &three}, want: "The code called os.Exit(3)."},
		{ending: Ending{Memory: 3 << 29}, want: "The code held 1.5 GB of memory, more than it may."},
		{crash: "runtime: goroutine stack exceeds\nfatal error: stack overflow\n\ngoroutine 1", want: "A function called itself without end, until the stack was full."},
		{crash: "fatal error: concurrent map read and map write\n", want: "Two goroutines used one map at the same time, and one of them wrote: guard it with a sync.Mutex."},
		{crash: "panic: at the disco. [recovered]\n\tpanic: again\n", want: "A goroutine panicked: at the disco."},
		{crash: "fatal error: sync: unlock of unlocked mutex\n", want: "Go ended the kernel: sync: unlock of unlocked mutex."},
		{crash: "lab: starting a session: no memory\n", want: "The kernel failed: starting a session: no memory."},
		{want: "The kernel ended."},
	} {
		if got := reason(c.order, c.ending, nil, c.crash); got != c.want {
			t.Errorf("%+v gives %q", c, got)
		}
	}
}
