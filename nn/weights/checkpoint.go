package weights

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"reslab/nn"
)

// Checkpoint is all that the next step of a training depends on: from it the
// training goes on bit for bit as if it had never stopped. What is drawn or dealt
// by seed and step alone, as the batches of a Loader, needs no more than Step.
type Checkpoint struct {
	Step int // steps done, so the number of the next one
	Nets []Net

	// Extra is the caller's own, as JSON: settings to compare, the best epoch so
	// far, the State of an nn.Random.
	Extra any
}

// Net is a net in training. The checkpoint holds its weights and running
// statistics, also those of closed highways, the draws of its dropouts, and what
// its optimiser remembers.
type Net struct {
	Name      string // several nets need names of their own
	Model     nn.Layer
	Optimiser *nn.Optimiser // may be nil
}

// ErrNoCheckpoint is the error of a folder that has no checkpoint to go on from.
var ErrNoCheckpoint = errors.New("there is no checkpoint")

const (
	checkpointVersion = 1
	checkpointName    = "checkpoint" // key of the metadata
	keepCheckpoints   = 2
)

// checkpointState is the JSON in a checkpoint's metadata.
type checkpointState struct {
	Version int             `json:"version"`
	Step    int             `json:"step"`
	Nets    []netState      `json:"nets"`
	Extra   json.RawMessage `json:"extra,omitempty"`
}

type netState struct {
	Name      string         `json:"name"`
	Draws     []uint64       `json:"draws,omitempty"` // of the dropouts
	Optimiser string         `json:"optimiser,omitempty"`
	Steps     map[string]int `json:"steps,omitempty"` // of the optimiser, by parameter
}

// SaveCheckpoint writes a checkpoint into a folder, which it makes if need be,
// and removes all but the last two. When it returns, the checkpoint is on the
// disk; if it fails, or the power goes, the earlier ones are as they were.
func SaveCheckpoint(folder string, c *Checkpoint) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return cannotWrite(folder, err)
	}
	path := filepath.Join(folder, checkpointFile(c.Step))
	tensors, metadata, err := c.encode()
	if err != nil {
		return cannotWrite(path, err)
	}
	if err := WriteFile(path, func(w io.Writer) error { return write(w, tensors, metadata, true) }); err != nil {
		return err
	}
	DropCheckpoints(folder, c.Step)
	return nil
}

// DropCheckpoints removes what the checkpoint of a step makes superfluous: all
// but the last two, and later ones. SaveCheckpoint does so itself; who goes on
// from a checkpoint does so for a process that was killed before it could.
func DropCheckpoints(folder string, step int) {
	for _, old := range olderCheckpoints(folder, step) {
		os.Remove(filepath.Join(folder, old)) // the next one tries again
	}
}

func checkpointFile(step int) string { return fmt.Sprintf("step-%09d.safetensors", step) }

// checkpointFiles lists the checkpoints of a folder, the newest first.
func checkpointFiles(folder string) ([]string, error) {
	files, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, f := range files {
		if _, ok := stepOf(f.Name()); ok {
			names = append(names, f.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		stepA, _ := stepOf(a)
		stepB, _ := stepOf(b)
		return stepB - stepA
	})
	return names, err
}

// stepOf reads the step in the name of a checkpoint.
func stepOf(name string) (step int, ok bool) {
	digits, isOne := strings.CutPrefix(name, "step-")
	digits, ends := strings.CutSuffix(digits, ".safetensors")
	step, err := strconv.Atoi(digits)
	return step, isOne && ends && err == nil && name == checkpointFile(step)
}

// olderCheckpoints lists what a new checkpoint makes superfluous: all but the
// last two, and what is later than it, which belongs to a past that was given up.
func olderCheckpoints(folder string, step int) (old []string) {
	names, err := checkpointFiles(folder)
	if err != nil {
		return nil
	}
	kept := 0
	for _, name := range names {
		if at, _ := stepOf(name); at <= step && kept < keepCheckpoints {
			kept++
			continue
		}
		old = append(old, name)
	}
	return old
}

// encode lays a checkpoint out as tensors, in the order of the memory, and the
// rest as JSON.
func (c *Checkpoint) encode() ([]tensor, map[string]string, error) {
	state := checkpointState{Version: checkpointVersion, Step: c.Step}
	var all []tensor
	for _, net := range c.Nets {
		tensors, netState := net.encode()
		all, state.Nets = append(all, tensors...), append(state.Nets, netState)
	}
	var err error
	if state.Extra, err = json.Marshal(c.Extra); err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(state)
	return all, map[string]string{checkpointName: string(text)}, err
}

func (n Net) encode() ([]tensor, netState) {
	state := netState{Name: n.Name, Steps: map[string]int{}}
	var tensors []tensor
	for _, p := range nn.AllParams(n.Model) {
		tensors = append(tensors, n.tensor(n.valueName(p), p.Value))
		if n.Optimiser == nil {
			continue
		}
		steps, memory := n.Optimiser.State(p)
		if steps > 0 {
			state.Steps[p.Name] = steps
		}
		for i, m := range memory {
			tensors = append(tensors, n.tensor(n.memoryName(p, i), m))
		}
	}
	for _, d := range nn.Dropouts(n.Model) {
		state.Draws = append(state.Draws, d.Draws)
	}
	if n.Optimiser != nil {
		state.Optimiser = n.Optimiser.String()
	}
	return tensors, state
}

func (n Net) tensor(name string, t *nn.Tensor) tensor {
	return tensor{name, t.Data, order{shape: t.Shape}}
}

func (n Net) valueName(p *nn.Param) string { return n.Name + "/value/" + p.Name }

func (n Net) memoryName(p *nn.Param, i int) string {
	return fmt.Sprintf("%s/memory%d/%s", n.Name, i, p.Name)
}
