package weights

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reslab/nn"
)

// student is a small net with everything that a checkpoint has to know of: batch
// norm, dropout, a highway that is closed later, momentum.
type student struct {
	net      *nn.Sequential
	highway  *nn.Residual
	training *nn.Training
}

func newStudent(optimiser *nn.Optimiser) *student {
	body := nn.NewSequential().Add("conv1", nn.NewConv2D(nn.ConvConfig{In: 3, Out: 3, Kernel: 3, Pad: 1})).Add("bn1", nn.NewBatchNorm2D(3))
	s := &student{highway: nn.NewResidual(body, nn.NewConv2D(nn.ConvConfig{In: 3, Out: 3, Kernel: 1}), true)}
	s.net = nn.NewSequential().Add("layer1", s.highway).Add("pool", nn.NewGlobalAvgPool()).Add("drop", nn.NewDropout(0.3, 5)).Add("fc", nn.NewLinear(3, 4))
	nn.Init(s.net, 1, nn.HeFanIn)
	s.training = &nn.Training{Model: s.net, Optimiser: optimiser, Rate: nn.Constant(0.05),
		Batches: func(step int) (*nn.Tensor, []int) {
			x, random := nn.NewTensor(4, 4, 4, 3), nn.NewRandom(uint64(step))
			nn.XavierNormal(x, nn.Fan{In: 1, Out: 1}, random)
			return x, []int{0, 1, 2, 3}
		}}
	return s
}

// learn takes the steps from one to another; the highway is closed at step 4.
func (s *student) learn(t testing.TB, from, to int) {
	t.Helper()
	for step := from; step < to; step++ {
		s.highway.Skip = step < 4
		if _, err := s.training.Step(step); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *student) nets() []Net {
	return []Net{{Name: "it", Model: s.net, Optimiser: s.training.Optimiser}}
}

func momentum() *nn.Optimiser { return nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}) }
func adam() *nn.Optimiser     { return nn.NewAdam(nn.AdamConfig{}) }
func plainSGD() *nn.Optimiser { return nn.NewSGD(nn.SGDConfig{}) }

// TestCheckpointGoesOn stops at each step, goes on in fresh nets, and compares
// with a training that nothing stopped.
func TestCheckpointGoesOn(t *testing.T) {
	for name, optimiser := range map[string]func() *nn.Optimiser{"momentum": momentum, "adam": adam, "plain": plainSGD} {
		whole := newStudent(optimiser())
		whole.learn(t, 0, 8)
		for stop := range 8 {
			folder := t.TempDir()
			first, second := newStudent(optimiser()), newStudent(optimiser())
			first.learn(t, 0, stop)
			must(t, SaveCheckpoint(folder, &Checkpoint{Step: stop, Nets: first.nets(), Extra: map[string]uint64{"random": 1<<64 - 1}}))
			saved, err := OpenCheckpoint(folder, nil)
			must(t, err)
			second.highway.Skip = stop <= 4 // the caller's: it follows from the step
			must(t, saved.Restore(second.nets()))
			extra := map[string]uint64{}
			must(t, saved.Extra(&extra))
			must(t, saved.Close())
			if saved.Step != stop || extra["random"] != 1<<64-1 {
				t.Fatalf("step %d, extra %v", saved.Step, extra)
			}
			second.learn(t, saved.Step, 8)
			for i, p := range nn.AllParams(whole.net) {
				if q := nn.AllParams(second.net)[i]; !slices.Equal(p.Value.Data, q.Value.Data) {
					t.Errorf("%s, stopped at %d: %s differs", name, stop, p.Name)
				}
			}
		}
	}
}

func TestTheLastTwoAreKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "checkpoint")
	s := newStudent(momentum())
	save := func(steps ...int) {
		for _, step := range steps {
			must(t, SaveCheckpoint(folder, &Checkpoint{Step: step, Nets: s.nets()}))
		}
	}
	have := func(want ...string) {
		t.Helper()
		names, err := checkpointFiles(folder)
		must(t, err)
		if !slices.Equal(names, want) {
			t.Errorf("there are %v, want %v", names, want)
		}
	}
	save(1, 2, 30)
	have("step-000000030.safetensors", "step-000000002.safetensors")
	save(10) // a run that began again from step 2
	have("step-000000010.safetensors", "step-000000002.safetensors")
	save(10)
	have("step-000000010.safetensors", "step-000000002.safetensors")
	save(1_000_000_000_000)
	have("step-1000000000000.safetensors", "step-000000010.safetensors")
}

// TestATornCheckpointIsPassedOver cuts the newest off at every byte, then turns
// every byte over: the one before is used.
func TestATornCheckpointIsPassedOver(t *testing.T) {
	folder := t.TempDir()
	s := newStudent(plainSGD())
	for _, step := range []int{3, 4} {
		must(t, SaveCheckpoint(folder, &Checkpoint{Step: step, Nets: s.nets()}))
	}
	newest := filepath.Join(folder, checkpointFile(4))
	content, err := os.ReadFile(newest)
	must(t, err)
	stride := 1
	if testing.Short() {
		stride = 17
	}
	for at := 0; at < len(content); at += stride {
		turned := slices.Clone(content)
		turned[at] ^= 0x20
		for what, damaged := range map[string][]byte{"cut off": content[:at], "turned": turned} {
			must(t, os.WriteFile(newest, damaged, 0o666))
			saved, err := OpenCheckpoint(folder, nil)
			must(t, err)
			if saved.Step != 3 {
				t.Fatalf("%s at byte %d, it was used", what, at)
			}
			must(t, saved.Restore(s.nets()))
			saved.Close()
		}
	}
	must(t, os.Remove(filepath.Join(folder, checkpointFile(3))))
	if _, err := OpenCheckpoint(folder, nil); err == nil || errors.Is(err, ErrNoCheckpoint) || !strings.Contains(err.Error(), "step-000000004") {
		t.Errorf("only a damaged one: %v", err)
	}
}

// TestFullDiskLeavesTheOldFile lets the writing fail at every byte.
func TestFullDiskLeavesTheOldFile(t *testing.T) {
	folder := t.TempDir()
	s := newStudent(plainSGD())
	c := &Checkpoint{Step: 3, Nets: s.nets()}
	must(t, SaveCheckpoint(folder, c))
	path := filepath.Join(folder, checkpointFile(3))
	before, err := os.ReadFile(path)
	must(t, err)
	tensors, metadata, err := c.encode()
	must(t, err)
	tensors[0].data[0]++
	for room := range len(before) {
		err := WriteFile(path, func(w io.Writer) error { return write(&fullDisk{w, room}, tensors, metadata, true) })
		if !errors.Is(err, errFull) {
			t.Fatalf("with room for %d bytes: %v", room, err)
		}
		if files, _ := os.ReadDir(folder); len(files) != 1 {
			t.Fatalf("with room for %d bytes it left %v", room, files)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("the old file has changed: %v", err)
	}
}

var errFull = errors.New("no space left")

// fullDisk takes so many bytes and no more.
type fullDisk struct {
	w    io.Writer
	room int
}

func (f *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n, err := f.w.Write(p[:n]); err != nil || n == len(p) {
		return n, err
	}
	return n, errFull
}

func TestRestoreRefuses(t *testing.T) {
	folder := t.TempDir()
	s := newStudent(momentum())
	s.learn(t, 0, 2)
	must(t, SaveCheckpoint(folder, &Checkpoint{Step: 2, Nets: s.nets()}))
	other := newStudent(momentum())
	nn.Replace(other.net, "fc", nn.NewLinear(3, 5))
	fewer := newStudent(momentum())
	nn.Replace(fewer.net, "drop", nn.NewReLU())
	more := newStudent(momentum())
	more.net.Add("extra", nn.NewLinear(4, 4))
	less := nn.NewSequential().Add("drop", nn.NewDropout(0.1, 1)).Add("fc", nn.NewLinear(3, 4))
	for want, nets := range map[string][]Net{
		"it holds 1 nets, and there are 2":                   append(s.nets(), s.nets()...),
		`it holds the net "it" in the place of "she"`:        {{Name: "she", Model: s.net, Optimiser: momentum()}},
		`with the optimiser "SGD, momentum 0.9", not "Adam"`: newStudent(adam()).nets(),
		`with the optimiser "SGD, momentum 0.9", not ""`:     {{Name: "it", Model: s.net}},
		`has no "it/memory0/fc.bias" of the shape [5]`:       {{Name: "it", Model: other.net, Optimiser: momentum()}},
		`it knows 1 dropouts, and the net has 0`:             fewer.nets(),
		`has no "it/value/extra.bias`:                        more.nets(),
		`has no place in the nets`:                           {{Name: "it", Model: less, Optimiser: momentum()}},
	} {
		saved, err := OpenCheckpoint(folder, nil)
		must(t, err)
		if err := saved.Restore(nets); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		saved.Close()
	}
}

func TestOpenCheckpointWithoutOne(t *testing.T) {
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, "step-3.safetensors"), nil, 0o666)) // not our name
	must(t, os.WriteFile(filepath.Join(folder, ".step-000000003.safetensors.12.part"), nil, 0o666))
	for _, at := range []string{folder, filepath.Join(folder, "nowhere")} {
		if _, err := OpenCheckpoint(at, nil); !errors.Is(err, ErrNoCheckpoint) {
			t.Errorf("got %v", err)
		}
	}
	Sweep(folder)
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("after Sweep there are %v", files)
	}
	must(t, SaveCheckpoint(folder, &Checkpoint{Step: 7}))
	if _, err := OpenCheckpoint(folder, func(*Saved) bool { return false }); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("none was accepted, and the error is %v", err)
	}
}

// FuzzRestore restores checkpoints that are whole, as far as their sum says, but
// hold any state.
func FuzzRestore(f *testing.F) {
	s := newStudent(momentum())
	s.learn(f, 0, 1)
	tensors, metadata, err := (&Checkpoint{Step: 1, Nets: s.nets(), Extra: 3}).encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(metadata[checkpointName], 0)
	f.Add(`{"version":1,"step":1,"nets":[{"name":"it","draws":[5],"optimiser":"SGD, momentum 0.9","steps":{"fc.weight":-1}}]}`, 3)
	f.Add(`{"version":2}`, 0)
	f.Fuzz(func(t *testing.T, state string, skip int) {
		path := filepath.Join(t.TempDir(), checkpointFile(1))
		some := slices.Clone(tensors[min(max(skip, 0), len(tensors)):])
		if err := WriteFile(path, func(w io.Writer) error { return write(w, some, map[string]string{checkpointName: state}, true) }); err != nil {
			t.Fatal(err)
		}
		saved, err := OpenCheckpoint(filepath.Dir(path), nil)
		if err != nil {
			return
		}
		defer saved.Close()
		fresh := newStudent(momentum())
		if saved.Restore(fresh.nets()) == nil {
			fresh.learn(t, 1, 2)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
