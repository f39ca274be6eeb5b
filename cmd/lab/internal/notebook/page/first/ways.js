// Where to go from here: the first lesson, or where one left off.

import { h } from "../dom.js";

const place = ({ lesson, title, cell }) => `${lesson} ${title}${cell ? `, cell ${cell}` : ""}`;

// showWays fills the link at the head, for who has been here before, and the ways at the foot.
export async function showWays(head, foot) {
  const answer = await fetch("/first/ways");
  if (!answer.ok) return;
  const { first, left } = await answer.json();
  if (left) head.append(h("a", { href: left.url }, `Go on: ${place(left)}`));
  head.append(h("a", { href: "/lessons" }, "All lessons"));
  const to = left ?? first;
  foot.append(
    h("a", { class: "button", href: to.url }, left ? `Go on: ${place(left)}` : `Begin lesson ${place(first)}`),
    left && left.lesson !== first.lesson ? h("a", { href: first.url }, `Lesson ${place(first)}`) : "",
    h("a", { href: "/lessons" }, "All lessons"),
  );
}
