// The connection to the session on the server. When it is lost the nets are lost too: the page
// connects again, and the learner trains again.

export class Link {
  // heard is called with each message, lost and open as the connection goes and comes.
  constructor(heard, { open, lost }) {
    this.heard = heard;
    this.open = open;
    this.lost = lost;
    this.pause = 250;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/first/socket`);
    this.socket = socket;
    socket.onopen = () => {
      this.pause = 250;
      this.open();
    };
    socket.onmessage = ({ data }) => this.heard(JSON.parse(data));
    socket.onclose = () => {
      this.lost();
      setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(this.pause * 2, 5000);
    };
  }

  // ask returns false if nobody hears it.
  ask(t, fields = {}) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify({ t, ...fields }));
    return true;
  }
}

// base64 writes bytes as Go reads them from JSON, and bytes reads them.
export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
export const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
