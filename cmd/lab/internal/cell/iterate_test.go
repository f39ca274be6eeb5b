package cell

import "testing"

// TestRangeOverFunctions takes each way out of the body of such a loop.
func TestRangeOverFunctions(t *testing.T) {
	const count = "func count(yield func(int) bool) {\n\tdefer fmt.Print(\"end \")\n\tfor i := 0; yield(i); i++ {\n\t}\n}\n"
	for body, want := range map[string]string{
		"for i := range count {\n\tif i == 2 {\n\t\tbreak\n\t}\n\tfmt.Print(i, \" \")\n}":                                                                                                   "0 1 end",
		"for i := range count {\n\tif i > 3 {\n\t\tbreak\n\t}\n\tif i == 1 {\n\t\tcontinue\n\t}\n\tfmt.Print(i, \" \")\n}":                                                                  "0 2 3 end",
		"func first() (n int) {\n\tfor i := range count {\n\t\tif i == 5 {\n\t\t\treturn i\n\t\t}\n\t}\n\treturn -1\n}\nfirst()":                                                            "end 5",
		"outer:\nfor i := range count {\n\tfor j := range count {\n\t\tif i == 2 {\n\t\t\tbreak outer\n\t\t}\n\t\tif j == 1 {\n\t\t\tcontinue outer\n\t\t}\n\t}\n}":                         "end end end end",
		"func f() {\n\tfor i := range count {\n\t\tdefer fmt.Print(\"deferred\", i, \" \")\n\t\tif i == 1 {\n\t\t\treturn\n\t\t}\n\t}\n}\nf()":                                              "end deferred1 deferred0",
		"fs := []func() int{}\nfor i := range count {\n\tif i == 2 {\n\t\tbreak\n\t}\n\tfs = append(fs, func() int { return i })\n}\nfmt.Print(fs[0](), fs[1]())":                           "end 0 1",
		"func f() (err error) {\n\tdefer func() { err = fmt.Errorf(\"%v\", recover()) }()\n\tfor i := range count {\n\t\tpanic(i + 7)\n\t}\n\treturn nil\n}\nf()":                           "end 7",
		"func keep(yield func(int) bool) {\n\tyield(1)\n\tyield(2)\n}\nfunc f() any {\n\tdefer func() { fmt.Print(recover()) }()\n\tfor range keep {\n\t\tbreak\n\t}\n\treturn nil\n}\nf()": "runtime error: range function continued iteration after function for loop body returned false<nil>",
	} {
		expect(t, count+body, want)
	}
}
