package main

import (
	"fmt"
	"math/bits"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// multiply writes the products M = V U of all positions, in tiles of so many
// rows and vectors whose sums stay in registers.
func (v vector) multiply(rows, vectors int) {
	name := fmt.Sprintf("multiply%dx%d%s", rows, vectors*v.floats, v.name)
	TEXT(name, NOSPLIT, "func(m, v, u []float32, positions, panels, chunks, depth, mRow, vRow, mStep, vStep, uStep int, ahead []float32, aheadStep, pace int, aside []float32)")
	Doc(fmt.Sprintf("%s is multiply, see winogradProduct, in tiles of %d rows and %d columns.", name, rows, vectors*v.floats))
	Pragma("noescape")
	m, vBase, u := address("m"), address("v"), address("u")
	vRow := multiples(distance("vRow"), min(rows, 8))
	mRow, panel := distance("mRow"), GP64()
	a, b, c, depth := GP64(), GP64(), GP64(), GP64()
	panelsLeft, chunksLeft := AllocLocal(8), AllocLocal(8)
	asked := GP64()
	SHLQ(Imm(2), memory("pace"))
	linesPerPosition("aside")
	loop("position", memory("positions"), func() {
		prefetch("aside", a, depth)
		Load(Param("ahead").Base(), asked)
		copyMemory(memory("panels"), panelsLeft, depth)
		MOVQ(m, panel)
		MOVQ(u, b)
		loop("panel", panelsLeft, func() {
			copyMemory(memory("chunks"), chunksLeft, depth)
			MOVQ(panel, c)
			MOVQ(vBase, a)
			loop("chunk", chunksLeft, func() {
				sums := v.tile(rows, vectors)
				upper := a
				if rows > 8 {
					upper = GP64()
					LEAQ(vRow.at(a, 4), upper)
					LEAQ(vRow.at(upper, 4), upper)
				}
				step := func(n int) {
					v.multiplyLine(sums, Mem{Base: b, Disp: n * vectors * v.bytes()}, func(i int) Mem {
						at := vRow.at(a, i%8)
						if i >= 8 {
							at = vRow.at(upper, i%8)
						}
						return at.Offset(4 * n)
					})
				}
				Load(Param("depth"), depth)
				SHRQ(Imm(2), depth)
				JZ(LabelRef("rest"))
				loop("four", depth, func() {
					for n := range 4 {
						step(n)
					}
					ADDQ(Imm(16), a)
					if rows > 8 {
						ADDQ(Imm(16), upper)
					}
					ADDQ(U32(uint32(4*vectors*v.bytes())), b)
					PREFETCHT1(Mem{Base: asked})
					ADDQ(memory("pace"), asked)
				})
				Label("rest")
				Load(Param("depth"), depth)
				ANDQ(Imm(3), depth)
				JZ(LabelRef("store"))
				loop("one", depth, func() {
					step(0)
					ADDQ(Imm(4), a)
					if rows > 8 {
						ADDQ(Imm(4), upper)
					}
					ADDQ(U32(uint32(vectors*v.bytes())), b)
				})
				Label("store")
				for i := range sums {
					v.storeLine(c, sums[i])
					ADDQ(mRow, c)
				}
				// The tile went along its rows: on to the next rows, and back in u.
				Load(Param("depth"), depth)
				SHLQ(Imm(2), depth)
				SUBQ(depth, a)
				for range rows / 2 {
					LEAQ(vRow.at(a, 2), a)
				}
				SHLQ(Imm(uint64(bits.Len(uint(vectors*v.floats))-1)), depth)
				SUBQ(depth, b)
			})
			ADDQ(depth, b)
			ADDQ(U32(uint32(vectors*v.bytes())), panel)
		})
		next("mStep", m, depth)
		next("vStep", vBase, depth)
		next("uStep", u, depth)
		Load(Param("aheadStep"), depth)
		SHLQ(Imm(2), depth)
		ADDQ(depth, resolved(Param("ahead").Base()))
	})
	VZEROUPPER()
	RET()
}

// collect writes the products dU += Vᵀ Z of all positions.
func (v vector) collect(rows, vectors int) {
	name := fmt.Sprintf("collect%dx%d%s", rows, vectors*v.floats, v.name)
	TEXT(name, NOSPLIT, "func(du, v, z []float32, positions, panels, chunks, tiles, vRow, zRow, duStep, vStep, zStep int, ahead, aside []float32)")
	Doc(fmt.Sprintf("%s is collect, see winogradProduct, in tiles of %d rows and %d columns.", name, rows, vectors*v.floats))
	Pragma("noescape")
	du, vBase, z := address("du"), address("v"), address("z")
	vRow, zRow := distance("vRow"), distance("zRow")
	a, b, c, chunk, tiles := GP64(), GP64(), GP64(), GP64(), GP64()
	panelsLeft, chunksLeft := AllocLocal(8), AllocLocal(8)
	linesPerPosition("ahead")
	linesPerPosition("aside")
	loop("position", memory("positions"), func() {
		prefetch("ahead", a, tiles)
		prefetch("aside", a, tiles)
		copyMemory(memory("panels"), panelsLeft, tiles)
		offset := GP64() // of the panel in z and in du
		XORQ(offset, offset)
		loop("panel", panelsLeft, func() {
			copyMemory(memory("chunks"), chunksLeft, tiles)
			MOVQ(vBase, chunk)
			LEAQ(Mem{Base: du, Index: offset, Scale: 1}, c)
			loop("chunk", chunksLeft, func() {
				sums := make([][]reg.VecVirtual, rows)
				line := GP64()
				MOVQ(c, line)
				for i := range sums {
					for j := range vectors {
						r := v.new()
						VMOVUPS(Mem{Base: line, Disp: j * v.bytes()}, r)
						sums[i] = append(sums[i], r)
					}
					if i < rows-1 {
						ADDQ(zRow, line)
					}
				}
				MOVQ(chunk, a)
				LEAQ(Mem{Base: z, Index: offset, Scale: 1}, b)
				first := func(i int) Mem { return Mem{Base: a, Disp: 4 * i} }
				second := func(i int) Mem { return Mem{Base: a, Index: vRow, Scale: 1, Disp: 4 * i} }
				Load(Param("tiles"), tiles)
				SHRQ(Imm(1), tiles)
				JZ(LabelRef("rest"))
				loop("two", tiles, func() {
					v.multiplyLine(sums, Mem{Base: b}, first)
					v.multiplyLine(sums, Mem{Base: b, Index: zRow, Scale: 1}, second)
					LEAQ(Mem{Base: a, Index: vRow, Scale: 2}, a)
					LEAQ(Mem{Base: b, Index: zRow, Scale: 2}, b)
				})
				Label("rest")
				BTQ(Imm(0), memory("tiles"))
				JCC(LabelRef("store"))
				v.multiplyLine(sums, Mem{Base: b}, first)
				Label("store")
				for i := range sums {
					v.storeLine(c, sums[i])
					ADDQ(zRow, c)
				}
				ADDQ(Imm(uint64(4*rows)), chunk)
			})
			ADDQ(U32(uint32(vectors*v.bytes())), offset)
		})
		next("duStep", du, tiles)
		next("vStep", vBase, tiles)
		next("zStep", z, tiles)
	})
	VZEROUPPER()
	RET()
}

// tile returns sums that are zero.
func (v vector) tile(rows, vectors int) [][]reg.VecVirtual {
	sums := make([][]reg.VecVirtual, rows)
	for i := range sums {
		for range vectors {
			sums[i] = append(sums[i], v.zero())
		}
	}
	return sums
}

// multiplyLine adds an element of each row times a line of b to the sums. An element
// that is used once needs no register, where a multiply-add can repeat it: half as many
// instructions, and as many loads. (On a core of Intel's Sapphire Rapids, layers of 16
// channels 1.00 to 1.07 times as fast.)
func (v vector) multiplyLine(sums [][]reg.VecVirtual, b Mem, element func(row int) Mem) {
	line := make([]reg.VecVirtual, len(sums[0]))
	for j := range line {
		line[j] = v.new()
		VMOVUPS(b.Offset(j*v.bytes()), line[j])
	}
	for i := range sums {
		if len(line) == 1 && v.floats == 16 {
			VFMADD231PS_BCST(element(i), line[0], sums[i][0])
			continue
		}
		x := v.new()
		VBROADCASTSS(element(i), x)
		for j := range line {
			VFMADD231PS(line[j], x, sums[i][j])
		}
	}
}

func (v vector) storeLine(at reg.GPVirtual, line []reg.VecVirtual) {
	for j, r := range line {
		VMOVUPS(r, Mem{Base: at, Disp: j * v.bytes()})
	}
}

// next adds a parameter that counts floats to an address.
func next(name string, address, spare reg.GPVirtual) {
	Load(Param(name), spare)
	LEAQ(Mem{Base: address, Index: spare, Scale: 4}, address)
}

// copyMemory copies eight bytes.
func copyMemory(from, to Mem, spare reg.GPVirtual) {
	MOVQ(from, spare)
	MOVQ(spare, to)
}

const cacheLine = 64 // bytes

// linesPerPosition replaces the length of a slice that will be read soon by how
// many lines of the cache are to be fetched of it at each position.
func linesPerPosition(slice string) {
	Load(Param(slice).Len(), reg.RAX)
	SHRQ(Imm(4), reg.RAX)
	XORQ(reg.RDX, reg.RDX)
	DIVQ(memory("positions"))
	MOVQ(reg.RAX, resolved(Param(slice).Len()))
}

// prefetch asks for the next lines of the slice.
func prefetch(slice string, at, lines reg.GPVirtual) {
	Load(Param(slice).Len(), lines)
	TESTQ(lines, lines)
	JZ(LabelRef(slice + "Done"))
	Load(Param(slice).Base(), at)
	loop(slice, lines, func() {
		PREFETCHT1(Mem{Base: at})
		ADDQ(Imm(cacheLine), at)
	})
	MOVQ(at, resolved(Param(slice).Base()))
	Label(slice + "Done")
}
