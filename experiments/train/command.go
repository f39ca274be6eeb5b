package train

import (
	"fmt"
	"reflect"
	"strings"
)

// command is the command line that makes this training again: every setting
// that differs from the recipe's.
func (s *Settings) command(recipe *Settings) string {
	line := "lab train"
	mine, usual := reflect.ValueOf(*s), reflect.ValueOf(*recipe)
	for i := range mine.NumField() {
		value := fmt.Sprint(reflect.Indirect(mine.Field(i)))
		if value != fmt.Sprint(reflect.Indirect(usual.Field(i))) {
			line += fmt.Sprintf(" --%s %s", flagOf(mine.Type().Field(i)), quoted(value))
		}
	}
	return strings.ReplaceAll(line, "--strict true", "--strict")
}

// flagOf is the name of the flag that sets a field.
func flagOf(field reflect.StructField) string {
	if name := field.Tag.Get("name"); name != "" {
		return name
	}
	return strings.ReplaceAll(strings.TrimSuffix(field.Tag.Get("json"), ",omitempty"), "_", "-")
}

// quoted puts a value that a shell would take apart between quotes.
func quoted(value string) string {
	if strings.ContainsAny(value, " \t'\"$&|;()<>*?") {
		return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return value
}
