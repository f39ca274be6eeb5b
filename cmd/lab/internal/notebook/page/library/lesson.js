// On the page of a lesson: questions from memory stand above its first block.

import { showMemories } from "./memory.js";

const lesson = location.pathname.match(/^\/lesson\/(\w+)$/)?.[1];
if (lesson) showMemories(document.getElementById("memories"), lesson);
