package data

import (
	"encoding/binary"
	"io"
)

// orientation says how a camera was held, as the tag 0x0112 of EXIF tells it: 1
// to 8. Anything else means the same as 1.
type orientation uint16

// upright is a picture whose first row is the top and first column the left.
const upright orientation = 1

// swaps says whether rows become columns.
func (o orientation) swaps() bool { return o >= 5 && o <= 8 }

// place returns where the pixel in row y and column x of h by w belongs.
//
//	1 as it is          5 mirrored at the diagonal from the top left
//	2 mirrored          6 turned right by a quarter
//	3 turned by half    7 mirrored at the other diagonal
//	4 upside down       8 turned left by a quarter
func (o orientation) place(y, x, h, w int) (int, int) {
	switch o {
	case 2:
		return y, w - 1 - x
	case 3:
		return h - 1 - y, w - 1 - x
	case 4:
		return h - 1 - y, x
	case 5:
		return x, y
	case 6:
		return x, h - 1 - y
	case 7:
		return w - 1 - x, h - 1 - y
	case 8:
		return w - 1 - x, y
	}
	return y, x
}

// maxEXIF bounds how much of a file is read for one number: a JPEG segment has
// no more.
const maxEXIF = 1 << 16

// readOrientation finds the orientation in a JPEG, PNG or WebP file. A file
// without it, or with a damaged one, is upright: the pixels will tell whether
// the rest is good.
func readOrientation(r io.ReadSeeker) orientation {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return upright
	}
	switch {
	case head[0] == 0xff && head[1] == 0xd8:
		return jpegOrientation(r)
	case string(head[1:4]) == "PNG":
		return chunkOrientation(r, 8, "eXIf", binary.BigEndian, 4, 0)
	case string(head[:4]) == "RIFF" && string(head[8:]) == "WEBP":
		return chunkOrientation(r, 12, "EXIF", binary.LittleEndian, 0, 1)
	}
	return upright
}

// jpegOrientation walks the segments before the picture itself: FF, kind, two
// bytes of length that count themselves, content.
func jpegOrientation(r io.ReadSeeker) orientation {
	const app1, startOfScan = 0xe1, 0xda
	at := int64(2)
	for {
		var head [4]byte
		if !readAt(r, at, head[:]) || head[0] != 0xff || head[1] == startOfScan {
			return upright
		}
		length := int(binary.BigEndian.Uint16(head[2:]))
		if length < 2 {
			return upright
		}
		if head[1] == app1 {
			content := make([]byte, length-2)
			if !readAt(r, at+4, content) {
				return upright
			}
			if len(content) > 6 && string(content[:6]) == "Exif\x00\x00" {
				return tiffOrientation(content[6:])
			}
		}
		at += 2 + int64(length)
	}
}

// chunkOrientation walks the chunks of a PNG or WebP file: name and length, in
// either order, content, and a checksum of so many bytes; WebP pads to even
// places.
func chunkOrientation(r io.ReadSeeker, at int64, name string, order binary.ByteOrder, checksum, pad int64) orientation {
	for {
		var head [8]byte
		if !readAt(r, at, head[:]) {
			return upright
		}
		kind, number := head[:4], head[4:]
		if checksum > 0 { // PNG has the length first
			kind, number = number, kind
		}
		length := int64(order.Uint32(number))
		if string(kind) == name {
			content := make([]byte, min(length, maxEXIF))
			if !readAt(r, at+8, content) {
				return upright
			}
			if len(content) > 6 && string(content[:6]) == "Exif\x00\x00" { // some writers keep JPEG's mark
				content = content[6:]
			}
			return tiffOrientation(content)
		}
		at += 8 + length + length&pad + checksum
	}
}

// tiffOrientation finds the tag in the first directory of a TIFF structure:
//
//	"II" or "MM" (the order of bytes), 42, the place of the directory;
//	there the number of entries, each: tag, type, count, value
func tiffOrientation(b []byte) orientation {
	const tag, short, entry = 0x0112, 3, 12
	if len(b) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(b[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return upright
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return upright
	}
	entries := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(entries) < entry {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if o := orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[entry:]
	}
	return upright
}

// readAt fills b from a place in the file, and says whether it could.
func readAt(r io.ReadSeeker, at int64, b []byte) bool {
	if _, err := r.Seek(at, io.SeekStart); err != nil {
		return false
	}
	_, err := io.ReadFull(r, b)
	return err == nil
}
