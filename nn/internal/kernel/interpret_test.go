package kernel

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// The tiles of amd64 are also run by the interpreter below, instruction by
// instruction, so that those of AVX-512 are tested on every machine. It knows the
// instructions that gen/tile writes, and no others.

// interpretedTiles are the tiles of AVX-512, with the sets that choose_amd64.go
// makes of them.
func interpretedTiles() tileSet {
	set := tileSet{name: "avx512 by the interpreter"}
	add := func(cols int, rows ...int) {
		var ts tiles
		for _, r := range rows {
			ts = append(ts, interpreted(fmt.Sprintf("tile%dx%dAVX512", r, cols), r, cols))
		}
		set.tiles = append(set.tiles, ts)
	}
	add(64, 6, 5, 4)
	add(32, 12, 10, 8, 6, 4)
	add(16, 12, 10, 8)
	set.copyLines = func(to, from []float32, n, toStep, fromStep, m, toNext, fromNext, lines int) {
		interpret("copyLinesAVX512", [][]float32{to, from}, nil, n, toStep, fromStep, m, toNext, fromNext, lines)
	}
	return set
}

func interpreted(name string, rows, cols int) tile {
	return tile{rows, cols, func(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int) {
		flag := 0
		if relu {
			flag = 1
		}
		asked := interpret(name, [][]float32{c, start, bias, a, b}, [][]int{to, from, runs}, length, aStep, flag, askedPiece<<pieceBits, 0, 0, pace)
		if want := len(from) / rows * len(runs) * (length / 2); len(asked) != want {
			panic(fmt.Sprintf("%s asks for %d lines to come, want %d", name, len(asked), want))
		}
		for i, at := range asked {
			if at != 4*pace*i {
				panic(fmt.Sprintf("%s asks for byte %d of what comes next, want %d", name, at, 4*pace*i))
			}
		}
	}}
}

// interpret calls a function of tile_amd64.s. An address is the number of a piece
// of memory, from 1 on, and a byte of it: what leads out of a piece panics. It
// returns which bytes of the piece that may only be asked for were asked for.
func interpret(name string, floats [][]float32, ints [][]int, rest ...int) (asked []int) {
	const frame, stack = 1, 2
	m := &machine{ints: map[int][]int{stack: make([]int, 16)}, floats: map[int][]float32{}}
	var arguments []int
	pass := func(length int) {
		piece := len(arguments)/3 + stack + 1
		if length == 0 {
			arguments = append(arguments, 0, 0, 0)
		} else {
			arguments = append(arguments, piece<<pieceBits, length, length)
		}
	}
	for _, s := range floats {
		m.floats[len(arguments)/3+stack+1] = s[:len(s):len(s)]
		pass(len(s))
	}
	for _, s := range ints {
		m.ints[len(arguments)/3+stack+1] = s
		pass(len(s))
	}
	m.ints[frame] = append(arguments, rest...)
	m.registers = map[string]int{"FP": frame << pieceBits, "SP": stack << pieceBits}
	m.run(assembly()[name])
	return m.asked
}

const (
	pieceBits  = 40
	askedPiece = 1 << 16 // more than there are others
)

// instruction is a line of assembly.
type instruction struct {
	operation string
	operands  []operand
	label     int // where a jump goes
}

// operand is a constant, a register, or memory at register + index*scale + number.
type operand struct {
	kind            byte // of '$', 'r', 'v', 'm'
	register, index string
	number, scale   int // the number of a vector register
}

var (
	memoryForm = regexp.MustCompile(`^(?:\w+\+)?(-?\d+)?\((\w+)\)(?:\((\w+)\*(\d)\))?$`)
	vectorForm = regexp.MustCompile(`^[XYZ](\d+)$`)
)

// assembly reads tile_amd64.s: the instructions of each function.
var assembly = sync.OnceValue(func() map[string][]instruction {
	text, err := os.ReadFile("tile_amd64.s")
	if err != nil {
		panic(err)
	}
	functions := map[string][]instruction{}
	for _, body := range strings.Split(string(text), "TEXT ·")[1:] {
		name, body, _ := strings.Cut(body, "(SB)")
		_, body, _ = strings.Cut(body, "\n")
		functions[name] = parseFunction(body)
	}
	return functions
})

func parseFunction(body string) (code []instruction) {
	labels, jumps := map[string]int{}, map[int]string{}
	for line := range strings.Lines(body) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "//")
		operation, rest, _ := strings.Cut(line, " ")
		if label, ok := strings.CutSuffix(line, ":"); ok {
			labels[label] = len(code)
			continue
		} else if operation == "" {
			continue
		}
		in := instruction{operation: operation}
		if operation[0] == 'J' {
			jumps[len(code)] = strings.TrimSpace(rest)
		} else if rest != "" {
			for _, text := range strings.Split(rest, ",") {
				in.operands = append(in.operands, parseOperand(strings.TrimSpace(text)))
			}
		}
		code = append(code, in)
	}
	for at, label := range jumps {
		code[at].label = labels[label]
	}
	return code
}

func parseOperand(text string) operand {
	if constant, ok := strings.CutPrefix(text, "$"); ok {
		n, err := strconv.ParseInt(constant, 0, 64)
		if err != nil {
			panic(err)
		}
		return operand{kind: '$', number: int(n)}
	}
	if v := vectorForm.FindStringSubmatch(text); v != nil {
		n, _ := strconv.Atoi(v[1])
		return operand{kind: 'v', number: n}
	}
	if part := memoryForm.FindStringSubmatch(text); part != nil {
		number, _ := strconv.Atoi(part[1])
		scale, _ := strconv.Atoi(part[4])
		return operand{'m', part[2], part[3], number, scale}
	}
	return operand{kind: 'r', register: text}
}

// machine is a processor with its memory.
type machine struct {
	registers   map[string]int
	vectors     [32][16]float32
	zero, carry bool
	ints        map[int][]int
	floats      map[int][]float32
	asked       []int
}

func (m *machine) address(o operand) int {
	return m.registers[o.register] + m.registers[o.index]*o.scale + o.number
}

// word is where an operand's 8 bytes are, in memory.
func (m *machine) word(o operand) *int {
	at := m.address(o)
	return &m.ints[at>>pieceBits][at&(1<<pieceBits-1)/8]
}

func (m *machine) get(o operand) int {
	switch o.kind {
	case '$':
		return o.number
	case 'r':
		return m.registers[o.register]
	}
	return *m.word(o)
}

func (m *machine) set(o operand, value int) {
	m.zero = value == 0
	if o.kind == 'r' {
		m.registers[o.register] = value
	} else {
		*m.word(o) = value
	}
}

// vector is where the floats of an operand are.
func (m *machine) vector(o operand, n int) []float32 {
	if o.kind == 'v' {
		return m.vectors[o.number][:n]
	}
	at := m.address(o)
	return m.floats[at>>pieceBits][at&(1<<pieceBits-1)/4:][:n]
}

func (m *machine) run(code []instruction) {
	for at := 0; ; {
		in := code[at]
		at++
		switch in.operation {
		case "RET":
			return
		case "JZ", "JE":
			if m.zero {
				at = in.label
			}
		case "JNZ", "JNE":
			if !m.zero {
				at = in.label
			}
		case "JCC":
			if !m.carry {
				at = in.label
			}
		case "JMP":
			at = in.label
		default:
			m.do(in.operation, in.operands)
		}
	}
}

// do computes one instruction. Go writes the operands in the opposite order of the
// processors' manuals.
func (m *machine) do(operation string, o []operand) {
	switch operation {
	case "MOVQ", "MOVB": // a flag's byte is a word here
		zero := m.zero
		m.set(o[1], m.get(o[0]))
		m.zero = zero
	case "LEAQ":
		m.registers[o[1].register] = m.address(o[0])
	case "ADDQ":
		m.set(o[1], m.get(o[1])+m.get(o[0]))
	case "DECQ":
		m.set(o[0], m.get(o[0])-1)
	case "SHLQ":
		m.set(o[1], m.get(o[1])<<m.get(o[0]))
	case "SHRQ":
		m.set(o[1], m.get(o[1])>>m.get(o[0]))
	case "XORL":
		m.set(o[1], m.get(o[1])^m.get(o[0]))
	case "DIVQ":
		m.registers["AX"] /= m.get(o[0])
	case "TESTQ", "TESTB":
		m.zero = m.get(o[0])&m.get(o[1]) == 0
	case "CMPQ":
		m.zero = m.get(o[0]) == m.get(o[1])
	case "BTQ":
		m.carry = m.get(o[1])>>m.get(o[0])&1 == 1
	case "VBROADCASTSS":
		x := m.vector(o[0], 1)[0]
		fill(m.vector(o[1], 16), x)
	case "VMOVUPS":
		copy(m.vector(o[1], 16), m.vector(o[0], 16))
	case "VPXORD": // of a register with itself
		clear(m.vector(o[2], 16))
	case "VFMADD231PS", "VADDPS", "VMAXPS":
		second, first, to := m.vector(o[0], 16), m.vector(o[1], 16), m.vector(o[2], 16)
		for i := range to {
			switch {
			case operation == "VFMADD231PS":
				to[i] += first[i] * second[i]
			case operation == "VADDPS":
				to[i] = first[i] + second[i]
			case first[i] > second[i]:
				to[i] = first[i]
			default:
				to[i] = second[i]
			}
		}
	case "PREFETCHT0", "PREFETCHT1":
		if at := m.address(o[0]); at>>pieceBits == askedPiece {
			m.asked = append(m.asked, at&(1<<pieceBits-1))
		}
	case "VZEROUPPER":
	default:
		panic("the interpreter does not know " + operation)
	}
}

// TestInterpreter: the tiles of AVX-512 compute what the formula says.
func TestInterpreter(t *testing.T) {
	chosen, mode := kernels, SetWinograd(WinogradNever)
	defer func() { kernels = chosen; SetWinograd(mode) }()
	kernels = interpretedTiles()
	checkFastIsNaive(t)
}
