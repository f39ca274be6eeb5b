// Makes the drawings of a page interactive once ECharts' script is there. The options that Go
// wrote are plain JSON: what JSON cannot say, functions and the page's colours, is added here.
"use strict";

// A page announces each chart by an element with the drawing in .viz-still, an empty .viz-live, and
// the option in a script element of type application/json. In a report it is a .viz-form, of which
// a figure may have two, for a wide and for a narrow page; CSS shows one of them.
const vizCharts = {
  inks: {}, // the colours of a light page by the names of their CSS variables: Go fills them in

  // raise writes 10 to the n as the drawings do.
  raise(n) {
    const digits = { "-": "⁻" };
    [..."⁰¹²³⁴⁵⁶⁷⁸⁹"].forEach((up, digit) => (digits[digit] = up));
    return "10" + [...String(n)].map((c) => digits[c] ?? c).join("");
  },

  // inPageColours replaces the colours of a light page by those of this one.
  inPageColours(text) {
    const style = getComputedStyle(document.documentElement);
    for (const [name, colour] of Object.entries(this.inks)) {
      text = text.replaceAll(colour, style.getPropertyValue(name).trim() || colour);
    }
    return text;
  },

  // tooltip lists the curves at one place, or describes one cell. Values come in words, in a
  // point's name or a cell's fourth number: an axis of decades knows only logarithms.
  tooltip(points, option) {
    const escape = echarts.format.encodeHTML;
    const list = [].concat(points).filter((p) => p.value[1] !== "-");
    if (!list.length) return "";
    const [x, y, , words] = list[0].value;
    const at = option.series[list[0].seriesIndex].xAxisIndex ?? 0;
    const xName = option.xAxis[at].name;
    if (list[0].seriesType === "heatmap") {
      const rows = option.yAxis[at].data, columns = option.xAxis[at].data;
      return escape(`${option.yAxis[0].name} ${rows[y]}, ${xName} ${columns[x]}`) + `<br><b>${escape(words)}</b>`;
    }
    const lines = list.map((p) => `${p.marker}${escape(p.seriesName)} <b>${escape(p.name)}</b>`);
    return [escape(`${xName}: ${x}`), ...lines].join("<br>");
  },

  // powers labels an axis of decades, but not the bands beyond its main part.
  powers(part, [low, high] = [-Infinity, Infinity]) {
    const log = part.formatter === "10^{value}";
    const power = (v) => {
      const n = Math.floor(v + 1e-9), mantissa = (10 ** (v - n)).toFixed(1);
      return (mantissa === "1.0" ? "" : mantissa + "×") + this.raise(n);
    };
    part.formatter = (v) => (v < low - 1e-9 || v > high + 1e-9 ? "" : log ? power(v) : v.toLocaleString("en"));
  },

  // polish adds to an option what JSON cannot carry.
  polish(option, colour) {
    const nameStyle = { color: colour("--viz-muted"), fontSize: 11.5 };
    for (const axis of option.xAxis) {
      axis.nameTextStyle = nameStyle;
      if (axis.type === "value" && axis.axisLabel.formatter) this.powers(axis.axisLabel);
    }
    for (const axis of option.yAxis) {
      axis.nameTextStyle = { ...nameStyle, align: "left" };
      axis.axisTick = { show: false };
      if (axis.main) this.powers(axis.axisLabel, axis.main);
    }
    for (const bar of option.visualMap ?? []) if (bar.formatter) this.powers(bar);
    Object.assign(option.tooltip, {
      formatter: (points) => this.tooltip(points, option),
      confine: true,
      backgroundColor: colour("--viz-paper"),
      borderColor: colour("--viz-rule"),
      textStyle: { color: colour("--viz-ink"), fontSize: 13 },
      axisPointer: { lineStyle: { color: colour("--viz-faint") } },
    });
    if (option.toolbox.feature) Object.assign(option.toolbox, { itemSize: 13, iconStyle: { borderColor: colour("--viz-faint") } });
    return option;
  },

  // draw puts the living chart in place of the drawing.
  draw(chart) {
    const json = chart.querySelector("script[type='application/json']");
    const live = chart.querySelector(".viz-live");
    if (!json || !live) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const option = this.polish(JSON.parse(this.inPageColours(json.textContent)), colour);
    chart.classList.add("viz-is-live"); // before init, which measures the place
    try {
      echarts.getInstanceByDom(live)?.dispose();
      echarts.init(live, null, { renderer: option.visualMap ? "canvas" : "svg" }).setOption(option);
    } catch (problem) {
      chart.classList.remove("viz-is-live"); // the drawing still says it all
      console.error(problem);
    }
  },

  // start draws the charts that are shown: now, whenever the page turns dark or light, and as it turns wide or narrow.
  start() {
    const forms = [...document.querySelectorAll(".viz-form")];
    const drawAll = (wanted) => forms.filter((form) => form.checkVisibility() && wanted(form)).forEach((form) => this.draw(form));
    const isNew = (form) => !form.classList.contains("viz-is-live");
    drawAll(() => true);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(() => true));
    addEventListener("resize", () => drawAll(isNew));
  },

  // offer shows the button that loads ECharts' script from url, and starts when it has come.
  offer(button, url) {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      button.textContent = "Loading …";
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => {
        button.remove();
        this.start();
      };
      script.onerror = () => {
        script.remove();
        button.disabled = false;
        button.textContent = "The script could not be loaded. Try again";
      };
      document.head.append(script);
    });
  },
};
