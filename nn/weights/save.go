package weights

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"reslab/nn"
)

// Metadata say what the weights are for, so that a file needs nothing beside it.
type Metadata struct {
	Model     string    // name in nn.Models, as "resnet20"
	Input     []int     // H, W, C of a picture
	Classes   []string  // the name of each output
	Mean, Std []float32 // of each channel: the net takes (v/255 - Mean)/Std of a byte v
	Shorter   int       // pixels that the shorter edge is brought to before the middle is cut out; 0: pictures cover Input

	Notes map[string]string // what else is worth knowing; empty values are left out
}

// Save writes the weights and running statistics of a model, whole or not at all.
// It needs meta.Input if the model flattens pictures.
func Save(path string, model nn.Layer, meta Metadata) error {
	text, err := meta.Strings()
	if err != nil {
		return cannotWrite(path, err)
	}
	params, err := prepared(model, meta.Input)
	if err != nil {
		return cannotWrite(path, err)
	}
	var tensors []tensor
	for _, p := range params {
		tensors = append(tensors, tensor{p.Name, p.Value.Data, orderOf(p)})
	}
	return WriteFile(path, func(w io.Writer) error { return write(w, tensors, text, false) })
}

// SaveTensors writes tensors that lie as a file has them, as Published returns them,
// whole or not at all.
func SaveTensors(path string, all map[string]*nn.Tensor, meta Metadata) error {
	text, err := meta.Strings()
	if err != nil {
		return cannotWrite(path, err)
	}
	var tensors []tensor
	for name, t := range all {
		tensors = append(tensors, tensor{name, t.Data, order{shape: t.Shape}})
	}
	return WriteFile(path, func(w io.Writer) error { return write(w, tensors, text, false) })
}

// Published returns copies of a model's weights and running statistics as a file
// has them: under published names, in PyTorch's layout. It needs the height, width
// and channels of a picture if the model flattens pictures.
func Published(model nn.Layer, input []int) (map[string]*nn.Tensor, error) {
	params, err := prepared(model, input)
	if err != nil {
		return nil, err
	}
	all := map[string]*nn.Tensor{}
	for _, p := range params {
		o := orderOf(p)
		t := nn.NewTensor(o.shape...)
		for i := range t.Data {
			t.Data[i] = p.Value.Data[o.at(i)]
		}
		all[p.Name] = t
	}
	return all, nil
}

// Strings turns the metadata into the strings of a file, which MetadataOf reads.
func (m Metadata) Strings() (map[string]string, error) {
	text := maps.Clone(m.Notes)
	if text == nil {
		text = map[string]string{}
	}
	text["format"] = "pt" // PyTorch's layout: some readers ask for it
	text["model"] = m.Model
	for key, value := range m.fields() {
		field, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("the metadata cannot be written: %s: %w", key, err)
		}
		if nothing := string(field) == "null" || string(field) == "0"; !nothing {
			text[key] = string(field)
		}
	}
	maps.DeleteFunc(text, func(_, value string) bool { return value == "" })
	return text, nil
}

// fields are those that stand in the file as JSON.
func (m *Metadata) fields() map[string]any {
	return map[string]any{"input": &m.Input, "classes": &m.Classes, "mean": &m.Mean, "std": &m.Std, "shorter": &m.Shorter}
}

// MetadataOf reads the strings of a file, and refuses what no training can have
// written.
func MetadataOf(text map[string]string) (Metadata, error) {
	m, err := decodeMetadata(text)
	if err != nil {
		return m, err
	}
	return m, m.check()
}

// decodeMetadata reads what Strings made; what it does not know are notes.
func decodeMetadata(text map[string]string) (Metadata, error) {
	m := Metadata{Model: text["model"], Notes: map[string]string{}}
	fields := m.fields()
	for key, value := range text {
		if into := fields[key]; into != nil {
			if err := json.Unmarshal([]byte(value), into); err != nil {
				return m, fmt.Errorf("its metadata have a wrong %q: %w", key, err)
			}
		} else if key != "model" && key != "format" {
			m.Notes[key] = value
		}
	}
	return m, nil
}

// tensor is a row of numbers on their way to a file.
type tensor struct {
	name string
	data []float32
	order
}

// sumName is the key of the metadata for the SHA-256 of the file, in which these
// 64 digits themselves count as zeros.
const sumName = "sha256"

var noSum = strings.Repeat("0", 2*sha256.Size)

// write writes a safetensors file of float32, with its sum if asked. The data are
// in the order of the names.
func write(w io.Writer, tensors []tensor, metadata map[string]string, summed bool) error {
	slices.SortStableFunc(tensors, func(a, b tensor) int { return strings.Compare(a.name, b.name) })
	h := &header{metadata: maps.Clone(metadata)}
	var at int64
	for _, t := range tensors {
		end := at + 4*int64(len(t.data))
		h.entries = append(h.entries, entry{t.name, "F32", t.shape, at, end})
		at = end
	}
	if summed {
		h.metadata[sumName] = noSum
	}
	head, err := h.encode()
	if err != nil {
		return err
	}
	if summed {
		sum := sha256.New()
		sum.Write(head) // never fails
		writeData(sum, tensors)
		head = []byte(strings.Replace(string(head), quoted(noSum), quoted(hex.EncodeToString(sum.Sum(nil))), 1))
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	return writeData(w, tensors)
}

func quoted(s string) string { return `"` + sumName + `":"` + s + `"` }

func writeData(w io.Writer, tensors []tensor) error {
	buffer := make([]byte, 0, 1<<16)
	for _, t := range tensors {
		for i := range t.data {
			buffer = binary.LittleEndian.AppendUint32(buffer, math.Float32bits(t.data[t.at(i)]))
			if len(buffer) == cap(buffer) {
				if _, err := w.Write(buffer); err != nil {
					return err
				}
				buffer = buffer[:0]
			}
		}
	}
	_, err := w.Write(buffer)
	return err
}
