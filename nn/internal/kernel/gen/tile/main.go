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
	avx2 := vector{"AVX2", 8, YMM, VXORPS, 0, false}
	avx512 := vector{"AVX512", 16, ZMM, VPXORD, 2048, true} // VXORPS would need AVX512DQ
	for _, rows := range []int{6, 5, 4} {
		write(tile{vector: avx2, rows: rows, vectors: 2})
	}
	for _, rows := range []int{3, 2} {
		write(tile{vector: avx2, rows: rows, vectors: 4})
	}
	for _, rows := range []int{12, 10, 8, 6, 4} {
		write(tile{vector: avx512, rows: rows, vectors: 2})
	}
	for _, rows := range []int{12, 10, 8} {
		write(tile{vector: avx512, rows: rows, vectors: 1})
	}
	flat := avx512
	flat.early = 0 // b comes four lines at a time, and is mostly near: nothing was won
	for _, rows := range []int{6, 5, 4} {
		write(tile{vector: flat, rows: rows, vectors: 4})
	}
	for _, v := range []vector{avx2, avx512} {
		writeCopyLines(v)
		writePeak(v)
	}
	writeTranspose(avx2)
	Generate()
}

// writePeak writes what the speed of tiles is measured against: nothing but
// multiply-adds, as many under way as the processor can have.
func writePeak(v vector) {
	TEXT("peak"+v.name, NOSPLIT, "func(n int)")
	Doc(fmt.Sprintf("peak%s does n times %d multiply-adds on registers.", v.name, peakChains*v.floats))
	n, x := Load(Param("n"), GP64()), v.register()
	v.xor(x, x, x)
	sums := make([]reg.VecVirtual, peakChains)
	for i := range sums {
		sums[i] = v.register()
		v.xor(sums[i], sums[i], sums[i])
	}
	Label("again")
	for _, sum := range sums {
		VFMADD231PS(x, x, sum)
	}
	DECQ(n)
	JNZ(LabelRef("again"))
	VZEROUPPER()
	RET()
}

const peakChains = 12

// vector is a kind of register and how many floats it holds.
type vector struct {
	name     string
	floats   int
	register func() reg.VecVirtual
	xor      func(...Op)

	// early is how many bytes before its use a line of b is asked for: long enough
	// for it to come from the second-level cache, or the third. Where it is 0, the
	// processors foresee it by themselves, and asking takes more time than it saves.
	early int

	// askPlaces is whether the places of the sums are asked for, if they start from
	// nothing, and not the lines beside what they start from. A processor that is soon
	// done with a tile would wait to store it, and has no time for more than a tile's own
	// lines. (On a core of Intel's Sapphire Rapids with AVX-512, eight pictures: forward,
	// layers of ResNet-50 with four times as many channels out as in went 1.05 to 1.3
	// times as fast; gradients of weights with 49 pixels 1.02 to 1.07 times.)
	askPlaces bool
}

// tile is a routine of the type tile in package kernel, where it is said what
// one computes. A processor begins two multiply-adds in a cycle and ends them
// four cycles later: rows*vectors, the sums under way, should be at least eight.
type tile struct {
	vector
	rows, vectors int

	sums [][]reg.VecVirtual // of each row and vector
	row  []reg.GPVirtual    // where the rows start in a
	at   reg.GPVirtual      // floats from there
	b    reg.GPVirtual      // the line of b
	next reg.GPVirtual      // what is asked for next
	left Op                 // times four lines in this run

	aStep, ahead Op // from line to line: of at, and of next with every two

	// What has no register left stands in memory.
	tiles, to, from, runs, runsLeft, pace Mem
}

func write(t tile) {
	name := fmt.Sprintf("tile%dx%d%s", t.rows, t.vectors*t.floats, t.name)
	TEXT(name, NOSPLIT, "func(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)")
	Doc(fmt.Sprintf("%s is a tile of %d rows and %d columns.", name, t.rows, t.vectors*t.floats))
	Pragma("noescape")
	t.tiles, t.runs, t.runsLeft = AllocLocal(8), AllocLocal(8), AllocLocal(8)
	t.to, t.from = memory(Param("to").Base()), memory(Param("from").Base())
	t.pace, t.next = memory(Param("pace")), GP64()
	SHLQ(Imm(2), t.pace)
	Load(Param("next").Base(), t.next)
	t.count()
	t.ask("asked", 0)
	Label("tile")
	t.begin()
	t.multiply()
	t.finish()
	t.store()
	ADDQ(U32(uint32(8*t.rows)), t.to)
	ADDQ(U32(uint32(8*t.rows)), t.from)
	DECQ(t.tiles)
	JNZ(LabelRef("tile"))
	Label("return")
	VZEROUPPER()
	RET()
}

// count divides the number of rows by those of a tile.
func (t *tile) count() {
	MOVQ(memory(Param("from").Len()), reg.RAX)
	XORL(reg.EDX, reg.EDX)
	rows := GP64()
	MOVQ(U32(uint32(t.rows)), rows)
	DIVQ(rows)
	TESTQ(reg.RAX, reg.RAX)
	JZ(LabelRef("return"))
	MOVQ(reg.RAX, t.tiles)
}

// ask fetches what the sums of this tile, or of one after it, start from. They
// are added in the end, when they have come. The lines beside may be asked for, too:
// they are in the same page, and belong to the next panel of columns. Or else, where
// sums start from nothing, their places are.
func (t *tile) ask(next string, tiles int) {
	start := Load(Param("start").Base(), GP64())
	TESTQ(start, start)
	nothing := next
	if t.askPlaces {
		nothing += "Places"
	}
	JZ(LabelRef(nothing))
	t.places(start, tiles, func(i, j int, place Mem) {
		PREFETCHT0(place)
		if !t.askPlaces && t.column(start, j).Disp%lineBytes == 0 {
			place.Disp += 4 * t.floats * t.vectors
			PREFETCHT1(place)
		}
	})
	if t.askPlaces {
		JMP(LabelRef(next))
		Label(nothing)
		c := Load(Param("c").Base(), GP64())
		t.places(c, tiles, func(i, j int, place Mem) { PREFETCHT0(place) })
	}
	Label(next)
}

// begin sets the sums to zero, and points at the rows.
func (t *tile) begin() {
	for i := range t.rows {
		t.sums = append(t.sums, nil)
		for range t.vectors {
			t.sums[i] = append(t.sums[i], t.register())
		}
	}
	CMPQ(t.tiles, Imm(1))
	JE(LabelRef("last"))
	t.ask("last", 1)
	t.each(func(i, j int) { t.xor(t.sums[i][j], t.sums[i][j], t.sums[i][j]) })
	from, a := GP64(), Load(Param("a").Base(), GP64())
	MOVQ(t.from, from)
	for i := range t.rows {
		row := GP64()
		MOVQ(Mem{Base: from, Disp: 8 * i}, row)
		LEAQ(Mem{Base: a, Index: row, Scale: 4}, row)
		t.row = append(t.row, row)
	}
	t.at, t.b = GP64(), GP64()
	Load(Param("b").Base(), t.b)
}

// multiply goes through the runs, four lines of b at a time. What is counted beside
// the multiply-adds costs nothing on a core of one's own; where another program runs on
// the core's second thread, the two share its places for instructions. (On a virtual
// core of AMD Zen 3 that was not ours alone: forward and gradients of weights 1.05 to
// 1.06 times as fast as with two lines at a time and all steps in memory.)
func (t *tile) multiply() {
	t.left = GP64()
	if t.rows == maxRows {
		t.left = AllocLocal(8)
	}
	t.steps()
	MOVQ(memory(Param("runs").Len()), t.at)
	TESTQ(t.at, t.at)
	JZ(LabelRef("multiplied"))
	MOVQ(t.at, t.runsLeft)
	MOVQ(memory(Param("runs").Base()), t.at)
	Label("run")
	MOVQ(t.at, t.runs)
	MOVQ(memory(Param("length")), t.at)
	SHRQ(Imm(2), t.at)
	MOVQ(t.at, t.left)
	MOVQ(t.runs, t.at)
	MOVQ(Mem{Base: t.at}, t.at)
	JZ(LabelRef("pair")) // as SHRQ found
	Label("four")
	t.multiplyLines(4)
	DECQ(t.left)
	JNZ(LabelRef("four"))
	Label("pair")
	t.ifLeft(2, "odd")
	t.multiplyLines(2)
	Label("odd")
	t.ifLeft(1, "next")
	t.multiplyLines(1)
	Label("next")
	MOVQ(t.runs, t.at)
	ADDQ(Imm(8), t.at)
	DECQ(t.runsLeft)
	JNZ(LabelRef("run"))
	Label("multiplied")
}

// ifLeft goes on if so many lines of the length are left over, 1 or 2.
func (t *tile) ifLeft(lines uint64, otherwise string) {
	BTQ(Imm(lines/2), memory(Param("length")))
	JCC(LabelRef(otherwise))
}

// maxRows leave one register less than are wanted.
const maxRows = 12

// steps puts them into registers, as long as there are some left: to read one from
// memory is a load more.
func (t *tile) steps() {
	t.aStep, t.ahead = memory(Param("aStep")), t.pace
	for i, step := range []*Op{&t.aStep, &t.ahead} {
		if maxRows-1-t.rows > i {
			register := GP64()
			MOVQ(*step, register)
			*step = register
		}
	}
}

// multiplyLines does so many lines of b, and asks for what comes next with every two.
func (t *tile) multiplyLines(lines int) {
	for i := range lines {
		t.multiplyLine(4 * t.floats * t.vectors * i)
		ADDQ(t.aStep, t.at)
		if i%2 == 1 {
			PREFETCHT1(Mem{Base: t.next})
			ADDQ(t.ahead, t.next)
		}
	}
	ADDQ(U32(uint32(4*t.floats*t.vectors*lines)), t.b)
}

// multiplyLine adds one element of each row times a line of b, so many bytes on, to
// the sums. What there is less of, rows or vectors of the line, is read once and
// stays in registers.
func (t *tile) multiplyLine(line int) {
	for at := 0; t.early > 0 && at < 4*t.floats*t.vectors; at += lineBytes {
		PREFETCHT0(Mem{Base: t.b, Disp: line + t.early + at})
	}
	if t.vectors > t.rows {
		t.multiplyByColumn(line)
	} else {
		t.multiplyByRow(line)
	}
}

// multiplyByRow keeps the line.
func (t *tile) multiplyByRow(at int) {
	line := make([]reg.VecVirtual, t.vectors)
	for j := range line {
		line[j] = t.register()
		VMOVUPS(t.column(t.b, j).Offset(at), line[j])
	}
	for i, row := range t.row {
		x := t.register()
		VBROADCASTSS(Mem{Base: row, Index: t.at, Scale: 4}, x)
		for j := range line {
			VFMADD231PS(line[j], x, t.sums[i][j])
		}
	}
}

// multiplyByColumn keeps the elements of the rows.
func (t *tile) multiplyByColumn(at int) {
	x := make([]reg.VecVirtual, t.rows)
	for i, row := range t.row {
		x[i] = t.register()
		VBROADCASTSS(Mem{Base: row, Index: t.at, Scale: 4}, x[i])
	}
	for j := range t.vectors {
		line := t.register()
		VMOVUPS(t.column(t.b, j).Offset(at), line)
		for i := range t.row {
			VFMADD231PS(line, x[i], t.sums[i][j])
		}
	}
}

// ifStart does something with the start, if there is one.
func (t *tile) ifStart(otherwise string, do func(start reg.Register)) {
	start := Load(Param("start").Base(), GP64())
	TESTQ(start, start)
	JZ(LabelRef(otherwise))
	do(start)
	Label(otherwise)
}

// finish adds the start and the bias and applies ReLU, where they are wanted. A maximum with
// a NaN is its second operand, in avo's order the first: a NaN stays.
func (t *tile) finish() {
	t.ifStart("started", func(start reg.Register) {
		t.places(start, 0, func(i, j int, place Mem) { VADDPS(place, t.sums[i][j], t.sums[i][j]) })
	})
	bias, relu := Load(Param("bias").Base(), GP64()), GP8()
	TESTQ(bias, bias)
	JZ(LabelRef("biased"))
	for j := range t.vectors {
		line := t.register()
		VMOVUPS(t.column(bias, j), line)
		for i := range t.rows {
			VADDPS(line, t.sums[i][j], t.sums[i][j])
		}
	}
	Label("biased")
	Load(Param("relu"), relu)
	TESTB(relu, relu)
	JZ(LabelRef("finished"))
	zero := t.register()
	t.xor(zero, zero, zero)
	t.each(func(i, j int) { VMAXPS(t.sums[i][j], zero, t.sums[i][j]) })
	Label("finished")
}

// store writes the sums to c.
func (t *tile) store() {
	c := Load(Param("c").Base(), GP64())
	t.places(c, 0, func(i, j int, place Mem) { VMOVUPS(t.sums[i][j], place) })
}

func (t *tile) each(do func(i, j int)) {
	for i := range t.rows {
		for j := range t.vectors {
			do(i, j)
		}
	}
}

// places calls do with the place in c, or in what is shaped like it, of each
// vector of sums of a tile so many tiles on.
func (t *tile) places(c reg.Register, tiles int, do func(i, j int, place Mem)) {
	to := GP64()
	MOVQ(t.to, to)
	for i := range t.rows {
		row := GP64()
		MOVQ(Mem{Base: to, Disp: 8 * (tiles*t.rows + i)}, row)
		LEAQ(Mem{Base: c, Index: row, Scale: 4}, row)
		for j := range t.vectors {
			do(i, j, t.column(row, j))
		}
	}
}

// column is the j-th vector of a line.
func (t *tile) column(line reg.Register, j int) Mem {
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
