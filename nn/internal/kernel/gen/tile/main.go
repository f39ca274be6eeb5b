// Command tile writes the tiles of amd64 in assembly.
package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64,!purego")
	avx2 := vector{"AVX2", 8, YMM, VXORPS}
	avx512 := vector{"AVX512", 16, ZMM, VPXORD} // VXORPS would need AVX512DQ
	write(tile{vector: avx2, rows: 6, vectors: 2, chains: 1})
	write(tile{vector: avx512, rows: 8, vectors: 2, chains: 1})
	write(tile{vector: avx512, rows: 8, vectors: 1, chains: 2})
	Generate()
}

// vector is a kind of register and how many floats it holds.
type vector struct {
	name     string
	floats   int
	register func() reg.VecVirtual
	xor      func(...Op)
}

// tile is a routine of the type tile in package kernel, where it is said what
// one computes.
type tile struct {
	vector
	rows, vectors int
	// A processor begins two multiply-adds in a cycle and ends them four cycles
	// later: at least eight sums must be under way. Where rows*vectors is no more
	// than that, every other product goes into a second chain of sums.
	chains int

	row  []reg.GPVirtual      // where the rows start in a
	at   reg.GPVirtual        // floats from there
	b    reg.GPVirtual        // the line of b
	sums [][][]reg.VecVirtual // of each chain, row and vector
}

func write(t tile) {
	name := fmt.Sprintf("tile%dx%d%s", t.rows, t.vectors*t.floats, t.name)
	TEXT(name, NOSPLIT, "func(c, a, b []float32, to, from, runs []int, length, aStep, bStep int, add bool)")
	Doc(fmt.Sprintf("%s is a tile of %d rows and %d columns.", name, t.rows, t.vectors*t.floats))
	Pragma("noescape")
	t.begin()
	t.multiply()
	t.end()
}

// begin points at the operands and sets the sums to zero.
func (t *tile) begin() {
	a, from := Load(Param("a").Base(), GP64()), Load(Param("from").Base(), GP64())
	for i := range t.rows {
		row := GP64()
		MOVQ(Mem{Base: from, Disp: 8 * i}, row)
		LEAQ(Mem{Base: a, Index: row, Scale: 4}, row)
		t.row = append(t.row, row)
	}
	for range t.chains {
		chain := make([][]reg.VecVirtual, t.rows)
		for i := range chain {
			for range t.vectors {
				sum := t.register()
				t.xor(sum, sum, sum)
				chain[i] = append(chain[i], sum)
			}
		}
		t.sums = append(t.sums, chain)
	}
	t.at, t.b = GP64(), GP64()
	Load(Param("b").Base(), t.b)
}

// multiply goes through the runs, two lines of b at a time. With the rows there
// is no register left for the number of runs: it is counted down in memory.
func (t *tile) multiply() {
	aStep, bStep := Load(Param("aStep"), GP64()), Load(Param("bStep"), GP64())
	SHLQ(Imm(2), bStep)
	runs, runsLeft := Load(Param("runs").Base(), GP64()), memory(Param("runs").Len())
	length, pairs := memory(Param("length")), GP64()
	step := func(chain int) {
		t.multiplyLine(t.sums[chain%t.chains])
		ADDQ(aStep, t.at)
		ADDQ(bStep, t.b)
	}

	CMPQ(runsLeft, Imm(0))
	JE(LabelRef("done"))
	Label("run")
	MOVQ(Mem{Base: runs}, t.at)
	MOVQ(length, pairs)
	SHRQ(Imm(1), pairs)
	JZ(LabelRef("odd"))
	Label("pair")
	step(0)
	step(1)
	DECQ(pairs)
	JNZ(LabelRef("pair"))
	Label("odd")
	BTQ(Imm(0), length)
	JCC(LabelRef("next"))
	step(0)
	Label("next")
	ADDQ(Imm(8), runs)
	DECQ(runsLeft)
	JNZ(LabelRef("run"))
	Label("done")
}

// multiplyLine adds one element of each row times a line of b to the sums.
func (t *tile) multiplyLine(sums [][]reg.VecVirtual) {
	line := make([]reg.VecVirtual, t.vectors)
	for j := range line {
		line[j] = t.register()
		VMOVUPS(t.column(t.b, j), line[j])
	}
	for i, row := range t.row {
		x := t.register()
		VBROADCASTSS(Mem{Base: row, Index: t.at, Scale: 4}, x)
		for j := range line {
			VFMADD231PS(line[j], x, sums[i][j])
		}
	}
}

// end writes the sums to c.
func (t *tile) end() {
	for _, chain := range t.sums[1:] {
		t.each(func(i, j int) { VADDPS(chain[i][j], t.sums[0][i][j], t.sums[0][i][j]) })
	}
	c, to := Load(Param("c").Base(), GP64()), Load(Param("to").Base(), GP64())
	rows := make([]reg.GPVirtual, t.rows)
	for i := range rows {
		rows[i] = GP64()
		MOVQ(Mem{Base: to, Disp: 8 * i}, rows[i])
		LEAQ(Mem{Base: c, Index: rows[i], Scale: 4}, rows[i])
	}
	CMPB(memory(Param("add")), Imm(0))
	JE(LabelRef("store"))
	t.each(func(i, j int) { VADDPS(t.column(rows[i], j), t.sums[0][i][j], t.sums[0][i][j]) })
	Label("store")
	t.each(func(i, j int) { VMOVUPS(t.sums[0][i][j], t.column(rows[i], j)) })
	VZEROUPPER()
	RET()
}

func (t *tile) each(do func(i, j int)) {
	for i := range t.rows {
		for j := range t.vectors {
			do(i, j)
		}
	}
}

// column is the j-th vector of a line.
func (t *tile) column(line reg.GPVirtual, j int) Mem {
	return Mem{Base: line, Disp: 4 * t.floats * j}
}

// memory is where a parameter stands.
func memory(parameter interface {
	Resolve() (*gotypes.Basic, error)
}) Mem {
	basic, err := parameter.Resolve()
	if err != nil {
		panic(err)
	}
	return basic.Addr
}
