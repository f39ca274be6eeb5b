package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const lineBytes = 64

// writeCopyLines writes the copying of a grid of pieces of some lines of 64 bytes.
func writeCopyLines(v vector) {
	TEXT("copyLines"+v.name, NOSPLIT, "func(to, from []float32, n, toStep, fromStep, m, toNext, fromNext, lines int)")
	Doc(fmt.Sprintf("copyLines%s copies n times m pieces of so many lines of %d floats; n, m and lines are at least 1.", v.name, lineBytes/4))
	Pragma("noescape")
	to, from := Load(Param("to").Base(), GP64()), Load(Param("from").Base(), GP64())
	var steps []reg.Register
	for _, name := range []string{"toStep", "fromStep", "toNext", "fromNext"} {
		step := Load(Param(name), GP64())
		SHLQ(Imm(2), step)
		steps = append(steps, step)
	}
	n, m, pieceTo, pieceFrom := Load(Param("n"), GP64()), GP64(), GP64(), GP64()
	lines, at := GP64(), GP64()
	Label("row")
	MOVQ(to, pieceTo)
	MOVQ(from, pieceFrom)
	Load(Param("m"), m)
	Label("piece")
	Load(Param("lines"), lines)
	XORL(at.As32(), at.As32())
	Label("line")
	for part := 0; part < lineBytes; part += 4 * v.floats {
		x := v.register()
		VMOVUPS(Mem{Base: pieceFrom, Index: at, Scale: 1, Disp: part}, x)
		VMOVUPS(x, Mem{Base: pieceTo, Index: at, Scale: 1, Disp: part})
	}
	ADDQ(Imm(lineBytes), at)
	DECQ(lines)
	JNZ(LabelRef("line"))
	ADDQ(steps[2], pieceTo)
	ADDQ(steps[3], pieceFrom)
	DECQ(m)
	JNZ(LabelRef("piece"))
	ADDQ(steps[0], to)
	ADDQ(steps[1], from)
	DECQ(n)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// writeTranspose writes how eight lines become eight columns. A half of four of the
// lines stands beside that of the other four in four registers, so that no number
// need cross from one half of a register to the other one later.
func writeTranspose(v vector) {
	TEXT("transpose8"+v.name, NOSPLIT, "func(to, from []float32, n, toStep, fromStep int)")
	Doc(fmt.Sprintf("transpose8%s makes 8 columns of 8n floats from lines; n is at least 1.", v.name))
	Pragma("noescape")
	to, from := Load(Param("to").Base(), GP64()), Load(Param("from").Base(), GP64())
	toStep, fromStep := Load(Param("toStep"), GP64()), Load(Param("fromStep"), GP64())
	SHLQ(Imm(2), toStep)
	SHLQ(Imm(2), fromStep)
	thrice, lower, n := GP64(), GP64(), Load(Param("n"), GP64())
	LEAQ(Mem{Base: fromStep, Index: fromStep, Scale: 2}, thrice)
	LEAQ(Mem{Base: from, Index: fromStep, Scale: 4}, lower) // the last four lines
	Label("eight")
	for half := 0; half < 32; half += 16 {
		var four [4]reg.VecVirtual
		for i, line := range []Mem{{}, {Index: fromStep, Scale: 1}, {Index: fromStep, Scale: 2}, {Index: thrice, Scale: 1}} {
			upper, other := line, line
			upper.Base, other.Base = from, lower
			x := XMM()
			VMOVUPS(upper.Offset(half), x)
			four[i] = YMM()
			VINSERTF128(Imm(1), other.Offset(half), x.AsY(), four[i])
		}
		var pairs [4]reg.VecVirtual
		for i := range pairs {
			pairs[i] = YMM()
		}
		VUNPCKLPS(four[1], four[0], pairs[0])
		VUNPCKHPS(four[1], four[0], pairs[1])
		VUNPCKLPS(four[3], four[2], pairs[2])
		VUNPCKHPS(four[3], four[2], pairs[3])
		for i := range 4 {
			column := YMM()
			VSHUFPS(Imm([]uint64{0x44, 0xee}[i%2]), pairs[2+i/2], pairs[i/2], column)
			VMOVUPS(column, Mem{Base: to})
			ADDQ(toStep, to)
		}
	}
	ADDQ(Imm(32), from)
	ADDQ(Imm(32), lower)
	DECQ(n)
	JNZ(LabelRef("eight"))
	VZEROUPPER()
	RET()
}
