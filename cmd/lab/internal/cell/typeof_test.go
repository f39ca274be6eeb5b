package cell

import (
	"context"
	"testing"
)

func TestTypeOf(t *testing.T) {
	s := session(t)
	if _, err := s.Eval(context.Background(), "1", "type Day int\nfunc f(n int) Day { panic(\"it ran\") }\nx := []float32{1}"); err != nil {
		t.Fatal(err)
	}
	for expression, want := range map[string]string{
		"x": "[]float32", "f": "func(n int) Day", "f(2)": "Day", "1 + 2": "untyped int", "nn.NewReLU()": "*nn.ReLU",
	} {
		if got, err := s.TypeOf(expression); err != nil || got != want {
			t.Errorf("%s has the type %q, %v; want %q", expression, got, err, want)
		}
	}
	for expression, want := range map[string]string{
		"y": "undefined: y", "x := 1": "only an expression has a type, as x or f(2)", "Day": "this is a type itself", "": "only an expression has a type, as x or f(2)",
	} {
		if got, err := s.TypeOf(expression); err == nil || err.Error() != want {
			t.Errorf("%s has the type %q, %v; want %q", expression, got, err, want)
		}
	}
}
