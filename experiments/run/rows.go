package run

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
)

// A row of a table is a struct; the tags csv of its fields name the columns.

// columnsOf returns the names of a row's columns.
func columnsOf(row any) (names []string) {
	for i := range reflect.TypeOf(row).NumField() {
		names = append(names, reflect.TypeOf(row).Field(i).Tag.Get("csv"))
	}
	return names
}

// cellsOf writes rows as text.
func cellsOf[Row any](rows []Row) [][]string {
	table := make([][]string, len(rows))
	for i, row := range rows {
		v := reflect.ValueOf(row)
		for c := range v.NumField() {
			table[i] = append(table[i], cellOf(v.Field(c)))
		}
	}
	return table
}

// cellOf writes one value; of a float the shortest text that reads back as the
// same number.
func cellOf(v reflect.Value) string {
	if v.Kind() == reflect.Float64 {
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

// readRows reads a table back.
func readRows[Row any](folder, name string) ([]Row, error) {
	path := filepath.Join(folder, name)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the rows of a run: %w", err)
	}
	if _, err := os.Stat(filepath.Join(folder, resultFile)); errors.Is(err, fs.ErrNotExist) { // at work, or killed
		content = content[:bytes.LastIndexByte(content, '\n')+1] // without the row that is being written
	}
	table, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", path, err)
	}
	var rows []Row
	for i, cells := range table {
		var row Row
		if i == 0 {
			if !slices.Equal(cells, columnsOf(row)) {
				return nil, fmt.Errorf("%s has the columns %v, not %v", path, cells, columnsOf(row))
			}
			continue
		}
		if err := fill(reflect.ValueOf(&row).Elem(), cells); err != nil {
			return nil, fmt.Errorf("%s is damaged: line %d: %w", path, i+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// fill sets the fields of a row.
func fill(row reflect.Value, cells []string) error {
	for i, cell := range cells {
		var err error
		switch field := row.Field(i); field.Kind() {
		case reflect.String:
			field.SetString(cell)
		case reflect.Float64:
			var v float64
			v, err = strconv.ParseFloat(cell, 64)
			field.SetFloat(v)
		case reflect.Uint64:
			var v uint64
			v, err = strconv.ParseUint(cell, 10, 64)
			field.SetUint(v)
		default:
			var v int64
			v, err = strconv.ParseInt(cell, 10, 64)
			field.SetInt(v)
		}
		if err != nil {
			return fmt.Errorf("%q is no %s", cell, row.Type().Field(i).Tag.Get("csv"))
		}
	}
	return nil
}
