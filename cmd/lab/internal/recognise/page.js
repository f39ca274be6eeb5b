// The page: a picture comes by hand, from the camera or from the pad, goes to lab on this machine, and
// what the net says of it is shown.

import { Pad } from "/static/first/pad.js";
import { Answer } from "./answer.js";
import { ask, forget } from "./asking.js";
import { Camera } from "./camera.js";

const $ = (id) => document.getElementById(id);
const { edge, most, draws } = document.body.dataset;
const fine = Math.max(240, 2 * edge); // pixels of the edge of what the camera sends

const answer = new Answer($);
const camera = new Camera($("video"), () => endCamera("The camera is gone"));
const pad = draws === undefined ? null : new Pad($("pad"), { changed: drawn, enter() {} });
const home = pad ? "pad" : "none";
let mode = "";

// turn shows another thing on the stage.
function turn(to) {
  if (mode === "camera" && to !== "camera") camera.stop();
  if (mode !== to) {
    forget();
    answer.clear();
  }
  mode = to;
  problem("");
  $("stage").dataset.mode = to;
  for (const id of ["take", "off"]) $(id).hidden = to !== "camera";
  for (const id of ["choose", "camera"]) $(id).hidden = to === "camera";
  $("clear").hidden = to !== "pad";
  if (pad) $("draw").hidden = to === "pad";
}

function problem(text) {
  $("problem").hidden = !text;
  $("problem").textContent = text && `${text.replace(/\.$/, "")}.`;
}

// hear asks lab, and shows what it says or what is wrong. It returns whether there is an answer.
async function hear(path, picture, explain) {
  try {
    const said = await ask(path, picture, explain);
    if (!said) return false;
    problem("");
    if (said.top.length) answer.show(said);
    else answer.clear();
    return true;
  } catch (error) {
    if (mode === "camera") turn(home);
    answer.clear();
    problem(picture.name ? `${picture.name}: ${error.message}` : error.message);
    return false;
  }
}

// show names a picture file.
async function show(file) {
  turn("photo");
  answer.clear();
  if ($("photo").src) URL.revokeObjectURL($("photo").src);
  $("photo").src = URL.createObjectURL(file);
  if (file.size > most) {
    forget();
    problem(`${file.name}: the file has more than ${most >> 20} MB; make the picture smaller`);
    return;
  }
  const began = performance.now();
  if (!(await hear("/picture", file, ""))) return;
  $("rate").textContent = `answered in ${Math.round(performance.now() - began)} ms`;
  $("announcer").textContent = answer.words();
}

// watch names what the camera sees, as long as it is on: one picture at a time, always the newest.
async function watch(on) {
  const times = [];
  while (on()) {
    await camera.next();
    const frame = on() && (await camera.grab(fine));
    if (!on() || !(await hear("/picture", frame, answer.wanted))) continue;
    const now = performance.now();
    times.push(now);
    while (times[0] < now - 2000) times.shift();
    if (times.length > 1) $("rate").textContent = `${(((times.length - 1) * 1000) / (now - times[0])).toFixed(1)} pictures a second`;
  }
}

let looks = 0; // how often the camera was asked for
async function look() {
  const mine = ++looks;
  const on = () => mode === "camera" && mine === looks;
  turn("camera");
  try {
    await camera.start();
    if (on()) watch(on);
    else if (mode !== "camera") camera.stop(); // one has gone on meanwhile
  } catch (error) {
    if (on()) endCamera(error.message);
  }
}

function endCamera(why) {
  turn(home);
  problem(why);
}

async function take() {
  const file = await camera.grab(Math.max(fine, 720));
  if (mode === "camera") show(file);
}

// drawn names the drawing: one at a time, always the newest.
let redrawn = false, looking = false;
async function drawn() {
  $("stage").classList.toggle("blank", pad.empty);
  answer.forget();
  redrawn = true;
  if (looking) return;
  looking = true;
  while (redrawn && mode === "pad") {
    redrawn = false;
    await new Promise(requestAnimationFrame);
    await hear("/drawing", pad.ink(), "");
  }
  looking = false;
}

// Files come by button, by drop and by paste.
const chooseFile = () => $("file").click();
$("choose").addEventListener("click", chooseFile);
$("stage").addEventListener("click", () => $("stage").dataset.mode === "none" && chooseFile());
$("photo").addEventListener("error", () => ($("stage").dataset.mode = "none")); // lab says why
$("file").addEventListener("change", () => {
  const [file] = $("file").files;
  if (file) show(file);
  $("file").value = ""; // the same file may be chosen again
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  $("stage").classList.add("over");
});
document.addEventListener("dragleave", (event) => event.relatedTarget || $("stage").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  $("stage").classList.remove("over");
  const [file] = event.dataTransfer.files;
  if (file) show(file);
  else problem("That is no file. Save the picture first, or copy it and paste it here");
});
document.addEventListener("paste", (event) => {
  const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
  if (file) show(file);
  else problem("There is no picture to paste. Copy a picture first");
});

$("camera").addEventListener("click", look);
$("take").addEventListener("click", take);
$("off").addEventListener("click", () => turn(home));
$("clear").addEventListener("click", () => pad.clear());
$("draw")?.addEventListener("click", () => {
  turn("pad");
  if (!pad.empty) drawn();
});

turn(home);
$("stage").classList.toggle("blank", Boolean(pad));
