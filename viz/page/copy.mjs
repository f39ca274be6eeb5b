// Puts ECharts' script where the next build embeds it. `npm ci` runs this by itself.
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("dist", { recursive: true });
copyFileSync("node_modules/echarts/dist/echarts.min.js", "dist/echarts.min.js");
