//go:build !purego

#include "textflag.h"

// The tiles of arm64: a line of b stands in V0 to V3, an element of a row in
// each lane of V4, V5, V6 or V7, and the sums of a row in four registers from V8
// on. R2 to R7 walk along the rows of a, R16 along b.

// PLACE points R1 at row i of what is shaped like c and begins at R0.
#define PLACE(i) \
	MOVD (8*i)(R19), R1; \
	ADD  R1<<2, R0, R1

#define LOAD(i, s0, s1, s2, s3) \
	PLACE(i); \
	VLD1 (R1), [s0.S4, s1.S4, s2.S4, s3.S4]

#define STORE(i, s0, s1, s2, s3) \
	PLACE(i); \
	VST1 [s0.S4, s1.S4, s2.S4, s3.S4], (R1)

#define ZERO(s0, s1, s2, s3) \
	VEOR s0.B16, s0.B16, s0.B16; \
	VEOR s1.B16, s1.B16, s1.B16; \
	VEOR s2.B16, s2.B16, s2.B16; \
	VEOR s3.B16, s3.B16, s3.B16

// ROW points at row i of a, which begins at R0.
#define ROW(i, row) \
	MOVD (8*i)(R20), row; \
	ADD  row<<2, R0, row

// FUSE adds x times the line in V0 to V3 to the sums of a row.
#define FUSE(x, s0, s1, s2, s3) \
	VFMLA V0.S4, x.S4, s0.S4; \
	VFMLA V1.S4, x.S4, s1.S4; \
	VFMLA V2.S4, x.S4, s2.S4; \
	VFMLA V3.S4, x.S4, s3.S4

// PLUS adds row i of what the sums start from; V4 holds ones.
#define PLUS(i, s0, s1, s2, s3) \
	LOAD(i, V0, V1, V2, V3); \
	FUSE(V4, s0, s1, s2, s3)

#define MULTIPLY(row, x, s0, s1, s2, s3) \
	VLD1R.P (row)(R22), [x.S4]; \
	FUSE(x, s0, s1, s2, s3)

// RELU is FMAX Vs.4S, Vs.4S, V4.4S, which the assembler does not know. With a
// NaN it is a NaN.
#define RELU(s) WORD $(0x4E24F400 | s<<5 | s)

#define BEGIN \
	MOVD to_base+120(FP), R19; \
	MOVD from_base+144(FP), R20; \
	MOVD from_len+152(FP), R21; \
	MOVD aStep+200(FP), R22; \
	LSL  $2, R22; \
	MOVD length+192(FP), R24

// func tile6x16NEON(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)
TEXT ·tile6x16NEON(SB), NOSPLIT, $0-248
	BEGIN

tile:
	CMP  $6, R21
	BLT  return
	ZERO(V8, V9, V10, V11)
	ZERO(V12, V13, V14, V15)
	ZERO(V16, V17, V18, V19)
	ZERO(V20, V21, V22, V23)
	ZERO(V24, V25, V26, V27)
	ZERO(V28, V29, V30, V31)
	MOVD a_base+72(FP), R0
	ROW(0, R8)
	ROW(1, R9)
	ROW(2, R10)
	ROW(3, R11)
	ROW(4, R12)
	ROW(5, R13)
	MOVD b_base+96(FP), R16
	MOVD runs_base+168(FP), R14
	MOVD runs_len+176(FP), R15
	CBZ  R15, multiplied

run:
	MOVD.P 8(R14), R17
	ADD  R17<<2, R8, R2
	ADD  R17<<2, R9, R3
	ADD  R17<<2, R10, R4
	ADD  R17<<2, R11, R5
	ADD  R17<<2, R12, R6
	ADD  R17<<2, R13, R7
	MOVD R24, R25

line:
	VLD1.P 64(R16), [V0.S4, V1.S4, V2.S4, V3.S4]
	MULTIPLY(R2, V4, V8, V9, V10, V11)
	MULTIPLY(R3, V5, V12, V13, V14, V15)
	MULTIPLY(R4, V6, V16, V17, V18, V19)
	MULTIPLY(R5, V7, V20, V21, V22, V23)
	MULTIPLY(R6, V4, V24, V25, V26, V27)
	MULTIPLY(R7, V5, V28, V29, V30, V31)
	SUBS $1, R25
	BNE  line
	SUBS $1, R15
	BNE  run

multiplied:
	FMOVS $1.0, F4
	VDUP V4.S[0], V4.S4
	MOVD start_base+24(FP), R0
	CBZ  R0, started
	PLUS(0, V8, V9, V10, V11)
	PLUS(1, V12, V13, V14, V15)
	PLUS(2, V16, V17, V18, V19)
	PLUS(3, V20, V21, V22, V23)
	PLUS(4, V24, V25, V26, V27)
	PLUS(5, V28, V29, V30, V31)

started:
	MOVD bias_base+48(FP), R0
	CBZ  R0, biased
	VLD1 (R0), [V0.S4, V1.S4, V2.S4, V3.S4]
	FUSE(V4, V8, V9, V10, V11)
	FUSE(V4, V12, V13, V14, V15)
	FUSE(V4, V16, V17, V18, V19)
	FUSE(V4, V20, V21, V22, V23)
	FUSE(V4, V24, V25, V26, V27)
	FUSE(V4, V28, V29, V30, V31)

biased:
	MOVBU relu+208(FP), R0
	CBZ  R0, store
	VEOR V4.B16, V4.B16, V4.B16
	RELU(8)
	RELU(9)
	RELU(10)
	RELU(11)
	RELU(12)
	RELU(13)
	RELU(14)
	RELU(15)
	RELU(16)
	RELU(17)
	RELU(18)
	RELU(19)
	RELU(20)
	RELU(21)
	RELU(22)
	RELU(23)
	RELU(24)
	RELU(25)
	RELU(26)
	RELU(27)
	RELU(28)
	RELU(29)
	RELU(30)
	RELU(31)

store:
	MOVD c_base+0(FP), R0
	STORE(0, V8, V9, V10, V11)
	STORE(1, V12, V13, V14, V15)
	STORE(2, V16, V17, V18, V19)
	STORE(3, V20, V21, V22, V23)
	STORE(4, V24, V25, V26, V27)
	STORE(5, V28, V29, V30, V31)
	ADD  $48, R19
	ADD  $48, R20
	SUB  $6, R21
	B    tile

return:
	RET

// func tile4x16NEON(c, start, bias, a, b []float32, to, from, runs []int, length, aStep int, relu bool, next []float32, pace int)
TEXT ·tile4x16NEON(SB), NOSPLIT, $0-248
	BEGIN

tile:
	CMP  $4, R21
	BLT  return
	ZERO(V8, V9, V10, V11)
	ZERO(V12, V13, V14, V15)
	ZERO(V16, V17, V18, V19)
	ZERO(V20, V21, V22, V23)
	MOVD a_base+72(FP), R0
	ROW(0, R8)
	ROW(1, R9)
	ROW(2, R10)
	ROW(3, R11)
	MOVD b_base+96(FP), R16
	MOVD runs_base+168(FP), R14
	MOVD runs_len+176(FP), R15
	CBZ  R15, multiplied

run:
	MOVD.P 8(R14), R17
	ADD  R17<<2, R8, R2
	ADD  R17<<2, R9, R3
	ADD  R17<<2, R10, R4
	ADD  R17<<2, R11, R5
	MOVD R24, R25

line:
	VLD1.P 64(R16), [V0.S4, V1.S4, V2.S4, V3.S4]
	MULTIPLY(R2, V4, V8, V9, V10, V11)
	MULTIPLY(R3, V5, V12, V13, V14, V15)
	MULTIPLY(R4, V6, V16, V17, V18, V19)
	MULTIPLY(R5, V7, V20, V21, V22, V23)
	SUBS $1, R25
	BNE  line
	SUBS $1, R15
	BNE  run

multiplied:
	FMOVS $1.0, F4
	VDUP V4.S[0], V4.S4
	MOVD start_base+24(FP), R0
	CBZ  R0, started
	PLUS(0, V8, V9, V10, V11)
	PLUS(1, V12, V13, V14, V15)
	PLUS(2, V16, V17, V18, V19)
	PLUS(3, V20, V21, V22, V23)

started:
	MOVD bias_base+48(FP), R0
	CBZ  R0, biased
	VLD1 (R0), [V0.S4, V1.S4, V2.S4, V3.S4]
	FUSE(V4, V8, V9, V10, V11)
	FUSE(V4, V12, V13, V14, V15)
	FUSE(V4, V16, V17, V18, V19)
	FUSE(V4, V20, V21, V22, V23)

biased:
	MOVBU relu+208(FP), R0
	CBZ  R0, store
	VEOR V4.B16, V4.B16, V4.B16
	RELU(8)
	RELU(9)
	RELU(10)
	RELU(11)
	RELU(12)
	RELU(13)
	RELU(14)
	RELU(15)
	RELU(16)
	RELU(17)
	RELU(18)
	RELU(19)
	RELU(20)
	RELU(21)
	RELU(22)
	RELU(23)

store:
	MOVD c_base+0(FP), R0
	STORE(0, V8, V9, V10, V11)
	STORE(1, V12, V13, V14, V15)
	STORE(2, V16, V17, V18, V19)
	STORE(3, V20, V21, V22, V23)
	ADD  $32, R19
	ADD  $32, R20
	SUB  $4, R21
	B    tile

return:
	RET

// func peakNEON(n int)
TEXT ·peakNEON(SB), NOSPLIT, $0-8
	MOVD n+0(FP), R0
	ZERO(V0, V1, V2, V3)
	ZERO(V8, V9, V10, V11)
	ZERO(V12, V13, V14, V15)
	ZERO(V16, V17, V18, V19)
	ZERO(V20, V21, V22, V23)

again:
	FUSE(V0, V8, V9, V10, V11)
	FUSE(V1, V12, V13, V14, V15)
	FUSE(V2, V16, V17, V18, V19)
	FUSE(V3, V20, V21, V22, V23)
	SUBS $1, R0
	BNE  again
	RET
