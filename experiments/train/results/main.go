// Command results keeps the results of trainings and writes them into
// docs/results.md, so that no figure there is typed by hand:
//
//	go run ./experiments/train/results runs/train-1 runs/train-2
//
// It copies config.json and result.json of each run into docs/results/NET-DATA,
// and writes the page from all that is there. Without a run it only writes the
// page. It runs in the project's folder.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"reslab/experiments/train"
	"reslab/viz"
)

func main() {
	if err := write("docs", os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "results:", err)
		os.Exit(1)
	}
}

// write keeps the runs and writes the page, both in the folder docs.
func write(docs string, runs []string) error {
	for _, run := range runs {
		if err := keep(filepath.Join(docs, "results"), run); err != nil {
			return err
		}
	}
	text, err := page(filepath.Join(docs, "results"))
	if err != nil {
		return err
	}
	return viz.WriteFile(filepath.Join(docs, "results.md"), []byte(text))
}

// keep copies what a finished run found.
func keep(folder, run string) error {
	result, err := read(run)
	if err != nil {
		return err
	}
	if result.Stopped || result.Top1 == nil {
		return fmt.Errorf("the training in %s has not come to its end; go on with: go run ./cmd/lab train --resume --out %s", run, run)
	}
	place := filepath.Join(folder, result.Model+"-"+filepath.Base(result.Data))
	if err := os.MkdirAll(place, 0o777); err != nil {
		return fmt.Errorf("keeping a result: %w", err)
	}
	for _, name := range []string{"config.json", "result.json"} {
		content, err := os.ReadFile(filepath.Join(run, name))
		if err != nil {
			return fmt.Errorf("reading a run: %w", err)
		}
		if err := viz.WriteFile(filepath.Join(place, name), content); err != nil {
			return err
		}
	}
	return nil
}

func read(folder string) (*train.Result, error) {
	content, err := os.ReadFile(filepath.Join(folder, "result.json"))
	if err != nil {
		return nil, fmt.Errorf("reading a result: %w", err)
	}
	var result train.Result
	if err := json.Unmarshal(content, &result); err != nil {
		return nil, fmt.Errorf("%s is no result of a training: %w", filepath.Join(folder, "result.json"), err)
	}
	return &result, nil
}

// page is docs/results.md.
func page(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", fmt.Errorf("looking for results: %w", err)
	}
	var results []*train.Result
	for _, entry := range entries {
		result, err := read(filepath.Join(folder, entry.Name()))
		if err != nil {
			return "", err
		}
		results = append(results, result)
	}
	slices.SortFunc(results, func(a, b *train.Result) int { return strings.Compare(a.Data+a.Model, b.Data+b.Model) })

	var b strings.Builder
	b.WriteString("# Results\n\nWhat the nets reach on pictures that they have not seen, as measured by the commands below. " +
		"Each training chose its best epoch by pictures kept apart from the training pictures, and saw the test pictures once, at the end.\n\n")
	b.WriteString("| net | pictures | named right | among the best 5 | loss | best epoch | time |\n|---|---|--:|--:|--:|--:|--:|\n")
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %d of %s | %.2f %% | %.2f %% | %.4f | %d of %d | %s |\n",
			r.Model, r.Images, r.Data, 100**r.Top1, 100**r.Top5, *r.Loss, r.BestEpoch, r.Epochs, duration(r.Seconds))
	}
	b.WriteString("\n```sh\n")
	for _, r := range results {
		fmt.Fprintf(&b, "go run ./cmd/%s\n", r.Command)
	}
	b.WriteString("```\n\nThe times are those of " + machines(results) + ". The same command on the same kind of processor gives the same figures.\n\n" +
		"This page is made from the `config.json` and `result.json` of those runs, kept in [results/](results): `go run ./experiments/train/results RUN...` adds to it.\n")
	return b.String(), nil
}

func duration(seconds float64) string {
	return strings.TrimSuffix(time.Duration(seconds*float64(time.Second)).Round(time.Minute).String(), "0s")
}

// machines lists where the results were measured.
func machines(results []*train.Result) string {
	var all []string
	for _, r := range results {
		if !slices.Contains(all, r.Machine) {
			all = append(all, r.Machine)
		}
	}
	return strings.Join(all, "; ")
}
