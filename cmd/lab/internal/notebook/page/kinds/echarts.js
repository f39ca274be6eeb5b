// A chart of package viz: {title, subtitle, source, description, width, height, svg, option}. The
// drawing is there at once; where ECharts was built, it takes its place as the chart comes near.

import { drawing, h } from "../dom.js";
import { echarts as built } from "../built.js";

let script; // the promise of ECharts and of what package viz adds to it

function load(src) {
  return new Promise((resolve, reject) => {
    document.head.append(h("script", { src, on: { load: resolve, error: reject } }));
  });
}

const library = () => (script ??= load("/static/dist/echarts.min.js").then(() => load("/static/viz.js")));

export function draw(host, data) {
  let chart = JSON.parse(data);
  const live = h("div", { class: "viz-live" });
  const still = h("div", { class: "viz-still" });
  const box = h("div", { class: "viz-box", role: "img", tabindex: "0" }, still, live);
  const title = h("div", { class: "viz-title" }), subtitle = h("div", { class: "viz-subtitle" }), source = h("div", { class: "viz-source" });
  const figure = h("figure", { class: "viz" }, h("figcaption", {}, title, subtitle), box, source);
  let awake = false;

  function fill() {
    title.textContent = chart.title;
    subtitle.textContent = chart.subtitle;
    source.textContent = chart.source;
    box.setAttribute("aria-label", chart.description);
    figure.style.setProperty("--viz-width", `${chart.width}px`);
    Object.assign(live.style, { width: `${chart.width}px`, height: `${chart.height}px`, transformOrigin: "0 0" });
    still.replaceChildren(drawing(chart.svg));
    if (awake) wake();
  }

  // fit makes a chart smaller as a whole where the column is narrower: its margins are shares of the
  // width, its words are not.
  function fit() {
    const scale = Math.min(1, figure.clientWidth / chart.width);
    live.style.transform = `scale(${scale})`;
    box.style.height = awake ? `${scale * chart.height}px` : "";
  }

  // viz.js draws a figure by the option that it finds in it; as text it never runs.
  function wake() {
    figure.querySelector("script")?.remove();
    figure.append(h("script", { type: "application/json" }, JSON.stringify(chart.option)));
    vizCharts.draw(figure);
    fit();
  }

  const seen = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    await library();
    awake = true;
    wake();
  }, { rootMargin: "300px" });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const redraw = () => awake && wake();

  host.append(figure);
  fill();
  const sizes = new ResizeObserver(fit);
  sizes.observe(figure);
  if (built && chart.option) {
    seen.observe(host);
    dark.addEventListener("change", redraw);
  }
  return {
    update(next) {
      chart = JSON.parse(next);
      fill();
    },
    destroy() {
      seen.disconnect();
      sizes.disconnect();
      dark.removeEventListener("change", redraw);
      if (awake) echarts.getInstanceByDom(live)?.dispose();
    },
  };
}
