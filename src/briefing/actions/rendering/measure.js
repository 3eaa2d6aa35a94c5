// Measures the email in each frame: its texts as painted, and the blocks that are marked as paid for or issued.
"use strict";

const MARKED = ".sponsored, .issued";
const CLEAR = "rgba(0, 0, 0, 0)";

function grounds(element, style) {
  const found = [];
  for (let one = element; one; one = one.parentElement) {
    const ground = style(one).backgroundColor;
    if (ground !== CLEAR) found.push(ground);
  }
  return found;
}

function isShown(element, style) {
  for (let one = element; one; one = one.parentElement) {
    const said = style(one);
    if (said.display === "none" || Number(said.opacity) === 0) return false;
  }
  return style(element).visibility === "visible";
}

// The widest line of a box that is nearly as wide as the block.
function line(block, style) {
  const wide = 0.8 * block.getBoundingClientRect().width;
  let found = { border: 0, color: "" };
  for (const one of [block, ...block.querySelectorAll("table, td, div")]) {
    const said = style(one);
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      const border = said[`border${side}Style`] === "none" ? 0 : parseFloat(said[`border${side}Width`]);
      if (border > found.border && one.getBoundingClientRect().width >= wide)
        found = { border, color: said[`border${side}Color`] };
    }
  }
  return found;
}

function measured(frame) {
  const page = frame.contentDocument;
  const style = (one) => page.defaultView.getComputedStyle(one);
  const blocks = [...page.querySelectorAll(MARKED)].filter((one) => !one.parentElement.closest(MARKED));
  const texts = [];
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, around = node.parentElement, range = page.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.data.trim() || !box.width || !box.height || !isShown(around, style)) continue;
    const block = blocks.findIndex((one) => one.contains(node));
    texts.push({
      text: node.data.trim(), top: box.top, bottom: box.bottom, left: box.left,
      size: parseFloat(style(around).fontSize), color: style(around).color, grounds: grounds(around, style),
      block: block < 0 ? null : block,
    });
  }
  return {
    width: frame.clientWidth, texts,
    blocks: blocks.map((one) => {
      const box = one.getBoundingClientRect();
      const kind = one.classList.contains("issued") ? "issued" : "sponsored";
      return { kind, top: box.top, bottom: box.bottom, ...line(one, style) };
    }),
  };
}

addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(measured);
  document.getElementById("found").textContent = JSON.stringify(found);
});
