package ladder_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reslab/nn"
	"reslab/nn/data"
	"reslab/nn/internal/kernel"
)

var spread = flag.Bool("spread", false, "train ResNet-20 with both ways of convolving, for minutes, and write docs/bench/spread.md")

// ways are the two ways of convolving, Winograd's wherever it can be.
var ways = []struct {
	name string
	mode kernel.Winograd
}{{"direct", kernel.WinogradNever}, {"F(4x4, 3x3)", kernel.WinogradF4}}

// TestBothWaysLearnTheSame trains a ResNet-20 on MNIST from several seeds, with
// direct convolution and with Winograd's. His rounds more; if that harmed, the mean
// loss on test pictures would differ by more than seeds differ among themselves.
func TestBothWaysLearnTheSame(t *testing.T) {
	if !*spread {
		t.Skip("trains for minutes: -spread")
	}
	const seeds, steps, batch, edge = 5, 300, 64, 14
	train, test, err := data.Load("mnist")
	if err != nil {
		t.Skip(err)
	}
	train, test = train.Shrink(edge, edge), test.Shrink(edge, edge)
	data.Standardise(train, test)

	var table strings.Builder
	fmt.Fprintf(&table, "# Direct and Winograd's convolution learn the same\n\nMade by `go test ./nn/ladder -run BothWays -spread`: do not edit.\n\n"+
		"ResNet-20 on MNIST at %dx%d, %d steps of %d pictures, %s kernels: loss on the %d test pictures, and the share named right.\n\n"+
		"| seed | %s | right | %s | right |\n|---|--:|--:|--:|--:|\n", edge, edge, steps, batch, kernel.Name(), test.Len(), ways[0].name, ways[1].name)
	losses := make([][]float64, len(ways))
	for seed := uint64(1); seed <= seeds; seed++ {
		fmt.Fprintf(&table, "| %d |", seed)
		for i, way := range ways {
			e := learn(t, train, test, way.mode, seed, steps, batch)
			losses[i] = append(losses[i], e.Loss)
			fmt.Fprintf(&table, " %.4f | %.2f %% |", e.Loss, 100*e.Top1)
		}
		fmt.Fprintln(&table)
	}
	direct, deviation := moments(losses[0])
	winograd, other := moments(losses[1])
	fmt.Fprintf(&table, "| mean | %.4f | | %.4f | |\n| standard deviation | %.4f | | %.4f | |\n", direct, winograd, deviation, other)
	t.Log(table.String())
	if gap := math.Abs(direct - winograd); gap > max(deviation, other) {
		t.Fatalf("the means differ by %.4f, more than seeds do", gap)
	}
	if err := os.WriteFile(filepath.FromSlash("../../docs/bench/spread.md"), []byte(table.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// learn trains a net and tells how well it does.
func learn(t *testing.T, train, test *data.Set, mode kernel.Winograd, seed uint64, steps, batch int) *nn.Evaluation {
	defer kernel.SetWinograd(kernel.SetWinograd(mode))
	net := nn.NewCIFARNet(nn.CIFARConfig{Depth: 20, Skip: true, Channels: train.C})
	nn.Init(net, seed, nn.HeFanIn)
	training := nn.Training{
		Model: net, Batches: data.NewLoader(train, data.LoaderConfig{Batch: batch, Seed: seed}).Batch,
		Optimiser: nn.NewSGD(nn.SGDConfig{Momentum: 0.9, WeightDecay: 1e-4}), Rate: nn.Cosine(0.05, steps), Steps: steps,
	}
	if err := training.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	exam := data.NewLoader(test, data.LoaderConfig{Batch: 500, InOrder: true, KeepLast: true, Epochs: 1})
	e, err := nn.Evaluate(context.Background(), net, exam.Batch, 1)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// moments returns the mean and the standard deviation.
func moments(v []float64) (mean, deviation float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		deviation += (x - mean) * (x - mean) / float64(len(v)-1)
	}
	return mean, math.Sqrt(deviation)
}
