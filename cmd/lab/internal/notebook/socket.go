package notebook

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"reslab/cmd/lab/internal/local"
	"reslab/cmd/lab/internal/notebook/room"
)

// limits are what a page may cost. Tests narrow them.
type limits struct {
	message int64         // bytes of a message from a page: a picture, in base64
	write   time.Duration // until a page has taken a message
	ping    time.Duration // between two questions whether a page is there
	header  time.Duration // until a request has said what it wants
}

var defaultLimits = limits{message: 12 << 20, write: 20 * time.Second, ping: 20 * time.Second, header: local.Header}

// socket connects a page with the room of its notebook:
// /socket?notebook=lesson/02&page=NAME.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	open, err := s.rooms.enter(query.Get("notebook"))
	if err != nil {
		status := http.StatusInternalServerError
		if errors.Is(err, errNoNotebook) {
			status = http.StatusNotFound
		}
		http.Error(w, err.Error(), status)
		return
	}
	connection, err := websocket.Accept(w, r, nil) // refuses a foreign Origin once more
	if err != nil {
		return // it has answered
	}
	defer connection.CloseNow()
	connection.SetReadLimit(s.limits.message)
	tab := open.Join(query.Get("page"))
	defer tab.Leave()
	ctx, stop := context.WithCancel(s.base)
	defer stop()
	go func() {
		defer stop()
		s.send(ctx, connection, tab)
	}()
	go s.ping(ctx, connection, stop)
	receive(ctx, connection, open, tab)
}

// receive hands the page's messages to the room until the connection ends.
func receive(ctx context.Context, connection *websocket.Conn, open *room.Room, tab *room.Page) {
	for {
		kind, message, err := connection.Read(ctx)
		if err != nil || kind != websocket.MessageText {
			return
		}
		open.Receive(tab, message)
	}
}

// send sends the room's messages to the page until one of them has had enough.
func (s *Server) send(ctx context.Context, connection *websocket.Conn, tab *room.Page) {
	for {
		messages, err := tab.Next(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			connection.Close(websocket.StatusGoingAway, err.Error())
			return
		}
		for _, m := range messages {
			if err := s.write(ctx, connection, m); err != nil {
				return
			}
		}
	}
}

func (s *Server) write(ctx context.Context, connection *websocket.Conn, message []byte) error {
	ctx, stop := context.WithTimeout(ctx, s.limits.write)
	defer stop()
	return connection.Write(ctx, websocket.MessageText, message)
}

// ping finds out about pages that are gone without a word.
func (s *Server) ping(ctx context.Context, connection *websocket.Conn, gone func()) {
	defer gone()
	ticks := time.NewTicker(s.limits.ping)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		wait, stop := context.WithTimeout(ctx, s.limits.ping)
		err := connection.Ping(wait)
		stop()
		if err != nil {
			return
		}
	}
}
