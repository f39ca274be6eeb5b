// A chart of package viz: {title, subtitle, source, description, width, height, svg, option}, and the
// same once more as narrow, for a phone. The drawing is there at once; where ECharts was built, it takes
// its place as the chart comes near.

import { drawing, h } from "../dom.js";
import { echarts as built } from "../built.js";

let script; // the promise of ECharts and of what package viz adds to it

function load(src) {
  return new Promise((resolve, reject) => {
    document.head.append(h("script", { src, on: { load: resolve, error: reject } }));
  });
}

const library = () => (script ??= load("/static/dist/echarts.min.js").then(() => load("/static/viz.js")));

const tight = 0.65; // the share of its width below which the letters of a chart are too small
const largest = 1.2; // what a narrow one may be enlarged by

export function draw(host, data) {
  let both = JSON.parse(data), chart = both; // chart is the one of the two that fits
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

  // choose takes the chart that fits the column, and says whether it is another one than before.
  function choose() {
    const before = chart;
    chart = both.narrow && figure.clientWidth < tight * both.width ? both.narrow : both;
    return chart !== before;
  }

  // fit makes a chart smaller as a whole where the column is narrower: its margins are shares of the
  // width, its words are not.
  function fit() {
    const scale = Math.min(chart === both ? 1 : largest, figure.clientWidth / chart.width);
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
  choose();
  fill();
  const sizes = new ResizeObserver(() => {
    if (!figure.clientWidth) return; // hidden
    if (choose()) fill();
    fit();
  });
  sizes.observe(figure);
  if (built && chart.option) {
    seen.observe(host);
    dark.addEventListener("change", redraw);
  }
  return {
    update(next) {
      both = JSON.parse(next);
      choose();
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
