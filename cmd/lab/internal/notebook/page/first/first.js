// The first page: it wires pad, bars, bet, race and plus sign to the session on the server.

import { Bars } from "./bars.js";
import { Chart } from "./chart.js";
import { base64, bytes, Link } from "./link.js";
import { Pad } from "./pad.js";
import { Progress } from "./progress.js";
import { showWays } from "./ways.js";

const $ = (id) => document.getElementById(id);
const usual = 150; // steps that the empty chart reaches to

const bars = new Bars($("bars"), $("answer"));
const pad = new Pad($("pad"), { changed: sendSoon, enter: train });
const reading = new Progress($("reading"), stop);
const racing = new Progress($("racing"), stop);
let chart = null;
let learned = false; // there is a net that has begun to learn
let drawn = 0; // when the drawing was last sent
let timer = 0;

const link = new Link((message) => hear[message.t]?.(message), { open, lost });

// The drawing goes out at once, and then as often as the eye can follow.
function sendSoon() {
  clearTimeout(timer);
  const wait = Math.max(0, drawn + 60 - performance.now());
  timer = setTimeout(send, wait);
}

function send() {
  drawn = performance.now();
  link.ask("draw", { ink: base64(pad.ink()) });
}

function train() {
  if (!link.ask("train")) return;
  learned = true;
  $("train").textContent = "Train again";
  $("score").textContent = "";
  reading.wait("Reading the digits to learn from …");
}

function stop() {
  link.ask("stop");
}

function race() {
  if (!link.ask("race")) return;
  chart = new Chart($("chart"), usual);
  $("race").hidden = false;
  $("again").hidden = true;
  $("plus").hidden = true;
  $("verdict").textContent = "";
  $("jump").textContent = "";
  setSwitch(false);
  racing.wait("Making two nets …");
  $("race").scrollIntoView({ block: "nearest" }); // it opens below what a small window shows
}

function setSwitch(on) {
  $("switch").setAttribute("aria-checked", on);
  $("plus").classList.toggle("on", on);
}

function say(text) {
  $("announcer").textContent = text;
}

function problem(text) {
  $("problem").hidden = !text;
  $("problem").textContent = text;
}

// What the server says.
const hear = {
  seen({ picture }) {
    $("seen").hidden = !picture;
    if (picture) paintSeen(bytes(picture));
    else bars.flat(learned ? "Draw a digit: the net is ready." : "Ten digits, and nothing learned yet: 10 % each.");
  },
  bars({ bars: values }) {
    if (!pad.empty) bars.show(values);
  },
  reading(message) {
    reading.set(message);
  },
  score({ accuracy, pictures }) {
    $("score").textContent = `${(100 * accuracy).toFixed(1)} % of ${pictures.toLocaleString("en")} digits that it has not seen are named right`;
  },
  begun({ of }) {
    problem("");
    (of === "read" ? reading : racing).wait("");
  },
  waiting({ of }) {
    (of === "read" ? reading : racing).wait("Another page of this lab is training: this one begins after it.");
  },
  race({ step, steps, left, points }) {
    chart?.add(points, steps);
    racing.set({ step, steps, left });
  },
  plus({ step, on }) {
    chart?.flip(step, on);
  },
  finding({ about, text, truth, right }) {
    if (about === "race") showVerdict(text, truth, right);
    else $("jump").textContent = text;
    chart?.describe(text);
  },
  done({ of, stopped }) {
    (of === "read" ? reading : racing).end();
    if (of === "read") endReading();
    else endRace(of, stopped);
  },
  problem({ text }) {
    problem(text);
  },
};

function paintSeen(pixels) {
  const context = $("seen").querySelector("canvas").getContext("2d");
  const image = context.createImageData(28, 28);
  pixels.forEach((v, i) => image.data.set([v, v, v, 255], 4 * i));
  context.putImageData(image, 0, 0);
}

function showVerdict(text, truth, right) {
  const { choice, sure } = bet();
  const strong = document.createElement("strong");
  strong.textContent = `${truth[0].toUpperCase()}${truth.slice(1)}.`;
  $("verdict").replaceChildren(strong, ` You bet on ${choice}, ${sure} % sure: ${right ? "right" : "wrong"}. ${text}`);
}

function endReading() {
  $("question").hidden = false;
  say(pad.empty ? "Training is done. Draw a digit." : `Training is done. ${$("answer").textContent.trim()}`);
}

function endRace(of, stopped) {
  $("again").hidden = false;
  if (of === "race" && !stopped) $("plus").hidden = false;
  if (of === "plus") say($("jump").textContent);
  if (of === "plus" && !stopped) $("ways").querySelector("a")?.classList.add("main"); // now is the time to go on
}

// The bet: choose, say how sure, commit.
const form = $("bet");

function bet() {
  return { choice: form.elements.choice.value, sure: Number(form.elements.confidence.value) };
}

form.addEventListener("input", () => {
  $("go").disabled = !bet().choice;
  form.querySelector("output").textContent = `${bet().sure} %`;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { choice, sure } = bet();
  if (!choice || !link.ask("bet", { choice, confidence: sure / 100 })) return;
  for (const element of form.elements) element.disabled = true;
  $("go").hidden = true;
  race();
});

$("clear").addEventListener("click", () => pad.clear());
$("train").addEventListener("click", train);
$("again").querySelector("button").addEventListener("click", race);
$("switch").addEventListener("click", () => {
  const on = $("switch").getAttribute("aria-checked") !== "true";
  if (!link.ask("plus", { on })) return;
  setSwitch(on);
  $("again").hidden = true;
});

// The connection came: the server is told what stands on the page.
function open() {
  if (!$("problem").hidden) problem("The connection to lab was lost and is back. The nets are gone with it: train again.");
  $("train").disabled = false;
  if (!pad.empty) send();
}

// The connection went, and with it the nets.
function lost() {
  $("train").disabled = true;
  reading.end();
  racing.end();
  if (learned || chart) problem("The connection to lab is lost. It is being made again; if that takes long, start lab again.");
  if (chart) {
    $("plus").hidden = true;
    $("again").hidden = false;
  }
  learned = false;
}

showWays($("head-ways"), $("ways"));
