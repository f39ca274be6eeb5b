// The line to the server. It comes back by itself: soon at first, then in growing steps.

const firstWait = 200, longestWait = 4000; // milliseconds

// waitBefore is how long to wait before a try, counted from 0. A little chance keeps many pages
// from coming back all at once.
export const waitBefore = (attempt, chance = Math.random()) => Math.min(longestWait, firstWait * 2 ** attempt) * (0.8 + 0.4 * chance);

export class Link {
  // receive gets each message; status gets "open", or "lost" when the line is down.
  constructor(url, { receive, status, Socket = WebSocket, wait = (call, ms) => setTimeout(call, ms) }) {
    Object.assign(this, { url, receive, status, Socket, wait });
    this.attempt = 0;
    this.questions = new Map(); // number -> resolve
    this.asked = 0;
    this.connect();
  }

  get open() {
    return this.socket?.readyState === 1;
  }

  connect() {
    const socket = (this.socket = new this.Socket(this.url));
    socket.onopen = () => {
      this.attempt = 0;
      this.status("open");
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.t === "answer") this.answer(message);
      else this.receive(message);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      for (const resolve of this.questions.values()) resolve(null);
      this.questions.clear();
      this.status("lost");
      this.wait(() => this.again(socket), waitBefore(this.attempt++));
    };
  }

  // again connects anew, unless that has happened meanwhile.
  again(socket = this.socket) {
    if (socket === this.socket && socket.readyState > 1) this.connect();
  }

  // isRefused tells whether a server is there that does not let this page in: one that was started anew has another token.
  async isRefused() {
    try {
      return (await fetch(location.pathname, { method: "HEAD", cache: "no-store" })).status === 403;
    } catch {
      return false; // nobody is there
    }
  }

  // send tells the server; false if there is no line.
  send(message) {
    if (!this.open) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  // ask sends a question and promises the body of its answer, null if none will come.
  ask(t, fields) {
    const ask = ++this.asked;
    return new Promise((resolve) => {
      if (!this.send({ t, ask, ...fields })) return resolve(null);
      this.questions.set(ask, resolve);
    });
  }

  answer({ ask, body }) {
    this.questions.get(ask)?.(body ?? null);
    this.questions.delete(ask);
  }
}
