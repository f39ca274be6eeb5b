package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"
)

// fetch brings the file to part and verifies it. Where a part from another day
// turns out to belong to something else, it starts anew.
func (d *download) fetch(ctx context.Context, url, part string, f file) error {
	resumed, err := d.receive(ctx, url, part, f)
	if err != nil {
		return err
	}
	wrong := verify(part, f)
	if wrong == nil {
		return nil
	}
	if err := os.Remove(part); err != nil {
		return err
	}
	if resumed {
		return d.fetch(ctx, url, part, f)
	}
	return fmt.Errorf("%s is not the published file: %w", url, wrong)
}

// receive appends to part what it lacks of the file, and says whether there
// was a part before.
func (d *download) receive(ctx context.Context, url, part string, f file) (resumed bool, err error) {
	out, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	have, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return false, err
	}
	if have >= f.size {
		return true, nil // fetch verifies it
	}
	ctx, watch, stop := d.watch(ctx)
	defer stop()
	body, begin, err := d.request(ctx, url, have)
	if err != nil {
		return false, err
	}
	defer body.Close()
	if begin != have {
		if err := restart(out); err != nil {
			return false, err
		}
	}
	return begin > 0, d.copy(ctx, out, body, begin, f.size, watch)
}

// request asks for the file from byte have on, and says from which byte on it
// comes: have, or 0 from a server that knows no ranges.
func (d *download) request(ctx context.Context, url string, have int64) (body io.ReadCloser, begin int64, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Accept-Encoding", "identity") // the gzip file as it is
	if have > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return nil, 0, orCause(ctx, err)
	}
	partial := strings.HasPrefix(resp.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", have))
	switch {
	case resp.StatusCode == http.StatusOK:
		return resp.Body, 0, nil
	case resp.StatusCode == http.StatusPartialContent && partial && have > 0:
		return resp.Body, have, nil
	}
	resp.Body.Close()
	if have > 0 {
		return d.request(ctx, url, 0) // whatever it has against the range
	}
	return nil, 0, fmt.Errorf("%s answers %s", url, resp.Status)
}

// copy writes body, which begins at byte begin, to the end of out.
func (d *download) copy(ctx context.Context, out *os.File, body io.Reader, begin, size int64, watch io.Writer) error {
	d.report(begin)
	meter := &meter{d, begin}
	n, err := io.Copy(io.MultiWriter(out, meter, watch), io.LimitReader(body, size-begin+1))
	have := begin + n
	var disk *fs.PathError
	switch {
	case errors.As(err, &disk):
		return err
	case have > size:
		if err := restart(out); err != nil {
			return err
		}
		return fmt.Errorf("the server sends more than the %d bytes of the published file", size)
	case have < size:
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("the line broke after %d of %d bytes: %w", have, size, orCause(ctx, err))
	}
	return out.Sync()
}

// watch returns a context that ends when no byte was written to the writer for
// too long.
func (d *download) watch(ctx context.Context) (_ context.Context, w io.Writer, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(d.patience, func() { cancel(fmt.Errorf("nothing came for %v", d.patience)) })
	return ctx, dog{timer, d.patience}, func() { timer.Stop(); cancel(nil) }
}

// orCause returns why ctx ended, if it did, instead of an error that says only
// that it did.
func orCause(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// dog is a writer that must not starve.
type dog struct {
	timer    *time.Timer
	patience time.Duration
}

func (d dog) Write(p []byte) (int, error) {
	d.timer.Reset(d.patience)
	return len(p), nil
}

// meter is a writer that reports how much came.
type meter struct {
	*download
	have int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.have += int64(len(p))
	m.report(m.have)
	return len(p), nil
}

// report tells that have bytes of the current file are there.
func (d *download) report(have int64) {
	if d.progress != nil {
		d.progress(min(d.before+have, d.total), d.total)
	}
}

// restart empties a file.
func restart(f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return f.Truncate(0)
}
