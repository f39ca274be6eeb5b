// The page: a picture comes by hand, from the camera or from the pad, goes to lab on this machine, and
// what the net says of it is shown.

import { Pad } from "/static/first/pad.js";
import { Answer } from "./answer.js";
import { ask, forget } from "./asking.js";
import { Camera } from "./camera.js";

const $ = (id) => document.getElementById(id);
const { edge, most, draws } = document.body.dataset;
const fine = Math.max(240, 2 * edge); // pixels of the edge of what the camera sends

const answer = new Answer($, () => mode === "photo" && explain());
const camera = new Camera($("video"));
const pad = draws === undefined ? null : new Pad($("pad"), { changed: drawn, enter() {} });
const home = pad ? "pad" : "none";
let mode = "";
let photo = null; // the picture that is shown, as a file

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
  photo = file;
  if ($("photo").src) URL.revokeObjectURL($("photo").src);
  $("photo").src = URL.createObjectURL(file);
  if (file.size > most) {
    forget();
    problem(`${file.name}: the file has more than ${most >> 20} MB; make the picture smaller`);
  } else await explain();
}

// explain asks about the picture that is shown.
async function explain() {
  if (answer.said) return; // it came with all its classes explained
  const began = performance.now();
  if (!(await hear("/picture", photo, ""))) return;
  $("rate").textContent = `answered in ${Math.round(performance.now() - began)} ms`;
  $("announcer").textContent = answer.words();
}

// watch names what the camera sees: one picture at a time, always the newest.
async function watch() {
  const times = [];
  while (mode === "camera") {
    await camera.next();
    const frame = mode === "camera" && (await camera.grab(fine));
    if (mode !== "camera" || !(await hear("/picture", frame, answer.wanted))) continue;
    const now = performance.now();
    times.push(now);
    while (times[0] < now - 2000) times.shift();
    if (times.length > 1) $("rate").textContent = `${(((times.length - 1) * 1000) / (now - times[0])).toFixed(1)} pictures a second`;
  }
}

async function look() {
  turn("camera");
  try {
    await camera.start();
    if (mode === "camera") watch();
    else camera.stop(); // one has gone on meanwhile
  } catch (error) {
    if (mode !== "camera") return;
    turn(home);
    problem(error.message);
  }
}

async function take() {
  const file = await camera.grab(Math.max(fine, 720));
  if (mode === "camera") show(file);
}

// drawn names the drawing: one at a time, always the newest.
let redrawn = false, looking = false;
async function drawn() {
  $("stage").classList.toggle("blank", pad.empty);
  redrawn = true;
  if (looking) return;
  looking = true;
  while (redrawn && mode === "pad") {
    redrawn = false;
    await new Promise(requestAnimationFrame);
    if (await hear("/drawing", pad.ink(), "")) answer.forget();
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
