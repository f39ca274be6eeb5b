// A bar of progress with the time that is left, and a button that stops.

import { duration } from "../dom.js";

export class Progress {
  constructor(host, stop) {
    this.host = host;
    this.bar = host.querySelector("progress");
    this.left = host.querySelector(".left");
    this.button = host.querySelector("button");
    this.button.addEventListener("click", stop);
  }

  set({ step, steps, left }) {
    this.host.hidden = false;
    this.bar.value = step / steps;
    this.left.textContent = left ? `${left < 100 ? `${Math.ceil(left)} s` : duration(left)} left` : "";
  }

  wait(text) {
    this.host.hidden = false;
    this.bar.removeAttribute("value");
    this.left.textContent = text;
  }

  end() {
    this.host.hidden = true;
  }
}
