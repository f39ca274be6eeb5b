// The kinds of displays, and who draws each. A module exports
//
//	draw(host, data, page)   fills the element host; page.set(name, value) moves a control
//
// and may return { update(data), destroy() }. What data are stands in docs/kernel-protocol.md.

import * as bars from "./bars.js";
import * as bet from "./bet.js";
import * as control from "./control.js";
import * as echarts from "./echarts.js";
import * as figure from "./figure.js";
import * as graph from "./graph.js";
import * as histograms from "./histograms.js";
import * as html from "./html.js";
import * as images from "./images.js";
import * as model from "./model.js";
import * as png from "./png.js";
import * as steps from "./steps.js";
import * as svg from "./svg.js";
import * as tensor from "./tensor.js";
import * as text from "./text.js";
import * as verdict from "./verdict.js";
import * as wayback from "./wayback.js";

export const kinds = { bars, bet, control, echarts, figure, graph, histograms, html, images, model, png, steps, svg, tensor, text, verdict, wayback };
