package weights

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"reslab/nn"
)

// Saved is a checkpoint that was read back and is whole.
type Saved struct {
	Step  int // steps done, so the number of the next one
	file  *File
	state checkpointState
}

// OpenCheckpoint opens the newest checkpoint of a folder that is whole: one that
// was torn or damaged is passed over, and so is one for which accept, if it is
// not nil, returns false. The error is ErrNoCheckpoint if the folder has none, or
// is not there; if it has only bad ones, it says what is wrong with the newest.
func OpenCheckpoint(folder string, accept func(s *Saved) bool) (*Saved, error) {
	names, err := checkpointFiles(folder)
	if err != nil {
		return nil, fmt.Errorf("cannot look for checkpoints: %w", err)
	}
	var first error
	for _, name := range names {
		s, err := readCheckpoint(filepath.Join(folder, name))
		if err == nil && (accept == nil || accept(s)) {
			return s, nil
		}
		if err == nil {
			s.Close()
		} else if first == nil {
			first = err
		}
	}
	if first != nil {
		return nil, first
	}
	return nil, ErrNoCheckpoint
}

// readCheckpoint opens a file and verifies its sum.
func readCheckpoint(path string) (*Saved, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	s := &Saved{file: f}
	if err := s.read(); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s is no whole checkpoint: %w", path, err)
	}
	return s, nil
}

func (s *Saved) read() error {
	text, there := s.file.header.metadata[checkpointName]
	if !there {
		return errors.New("it holds weights alone")
	}
	if err := json.Unmarshal([]byte(text), &s.state); err != nil {
		return fmt.Errorf("its state is no JSON: %w", err)
	}
	if v := s.state.Version; v != checkpointVersion {
		return fmt.Errorf("its format has the version %d, and this program reads %d", v, checkpointVersion)
	}
	if s.state.Step < 0 {
		return fmt.Errorf("it claims to be from step %d", s.state.Step)
	}
	s.Step = s.state.Step
	return s.file.verify()
}

// verify holds the file against the sum in its metadata.
func (f *File) verify() error {
	want := f.header.metadata[sumName]
	zeroed := strings.Replace(string(f.header.text), quoted(want), quoted(noSum), 1)
	sum := sha256.New()
	io.WriteString(sum, string(lengthOf(len(zeroed)))+zeroed)
	if _, err := io.Copy(sum, io.NewSectionReader(f.file, f.begin, 1<<62)); err != nil {
		return err
	}
	if want == "" || hex.EncodeToString(sum.Sum(nil)) != want {
		return errors.New("its content is not what was written: the SHA-256 differs")
	}
	return nil
}

// Close ends the reading.
func (s *Saved) Close() error { return s.file.Close() }

// Extra reads the caller's own part of the checkpoint into a pointer.
func (s *Saved) Extra(into any) error {
	if err := json.Unmarshal(s.state.Extra, into); err != nil {
		return fmt.Errorf("%s: its extra part does not fit: %w", s.file.path, err)
	}
	return nil
}

// Restore puts every net into the state that was saved. The nets must be built as
// they were then; nothing is changed unless all of them fit.
func (s *Saved) Restore(nets []Net) error {
	if len(nets) != len(s.state.Nets) {
		return s.cannot("it holds %d nets, and there are %d", len(s.state.Nets), len(nets))
	}
	expected := map[string][]int{}
	for i, net := range nets {
		if err := s.expect(expected, net, s.state.Nets[i]); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		shape := expected[name]
		if e, there := s.file.entries[name]; !there || e.kind != "F32" || !slices.Equal(e.shape, shape) {
			return s.cannot("it has no %q of the shape %v", name, shape)
		}
	}
	for _, name := range s.file.Names() {
		if _, known := expected[name]; !known {
			return s.cannot("its %q has no place in the nets", name)
		}
	}
	for i, net := range nets {
		if err := s.restore(net, s.state.Nets[i]); err != nil {
			return err
		}
	}
	return nil
}

// expect adds the tensors that a net should have in the file.
func (s *Saved) expect(expected map[string][]int, net Net, state netState) error {
	memories, optimiser := 0, ""
	if net.Optimiser != nil {
		memories, optimiser = net.Optimiser.Memories(), net.Optimiser.String()
	}
	switch {
	case net.Name != state.Name:
		return s.cannot("it holds the net %q in the place of %q", state.Name, net.Name)
	case optimiser != state.Optimiser:
		return s.cannot("it was written with the optimiser %q, not %q", state.Optimiser, optimiser)
	case len(state.Draws) != len(nn.Dropouts(net.Model)):
		return s.cannot("it knows %d dropouts, and the net has %d", len(state.Draws), len(nn.Dropouts(net.Model)))
	}
	for _, p := range nn.AllParams(net.Model) {
		expected[net.valueName(p)] = p.Value.Shape
		if state.Steps[p.Name] < 0 {
			return s.cannot("it claims that %s took %d steps", p.Name, state.Steps[p.Name])
		}
		if state.Steps[p.Name] > 0 {
			for i := range memories {
				expected[net.memoryName(p, i)] = p.Value.Shape
			}
		}
	}
	return nil
}

func (s *Saved) restore(net Net, state netState) error {
	for _, p := range nn.AllParams(net.Model) {
		if err := s.file.read(p.Value.Data, s.file.entries[net.valueName(p)], order{}); err != nil {
			return err
		}
		if net.Optimiser == nil {
			continue
		}
		var memory []*nn.Tensor
		if state.Steps[p.Name] > 0 {
			for i := range net.Optimiser.Memories() {
				m, err := s.file.Tensor(net.memoryName(p, i))
				if err != nil {
					return err
				}
				memory = append(memory, m)
			}
		}
		net.Optimiser.SetState(p, state.Steps[p.Name], memory)
	}
	for i, d := range nn.Dropouts(net.Model) {
		d.Draws = state.Draws[i]
	}
	return nil
}

func (s *Saved) cannot(format string, args ...any) error {
	return fmt.Errorf("cannot go on from %s: %s; start again without it", s.file.path, fmt.Sprintf(format, args...))
}
