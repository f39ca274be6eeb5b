// The kinds of displays, and who draws each. A module exports
//
//	draw(host, data, page)   fills the element host; page.set(name, value) moves a control
//
// and may return { update(data), destroy() }. What is known of data stands in docs/notebook.md.

import * as echarts from "./echarts.js";
import * as html from "./html.js";
import * as png from "./png.js";
import * as svg from "./svg.js";
import * as text from "./text.js";
import * as verdict from "./verdict.js";

export const kinds = { echarts, html, png, svg, text, verdict };
