// A file dropped on its box is taken, and where the box is all there is to fill in, sent at once; work that runs says how far it is.
import { dropped, give } from "./drops.js";

const MILLISECONDS = 400;

export function takeRosters() {
  for (const box of document.querySelectorAll("[data-drop]")) takeDrops(box);
  const work = document.querySelector("[data-state]");
  if (work) follow(work);
}

function takeDrops(box) {
  const input = box.querySelector("input[type=file]");
  const say = (text) => {
    box.querySelector("[data-names]").textContent = text || "还没有选择";
  };
  const sayNames = () => say([...input.files].map((file) => file.name).join("、"));
  input.addEventListener("change", sayNames);
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const files = await dropped(event);
    if (!files.length) return say("拖进来的文件夹里没有文件");
    if (files.length > 1 && !input.multiple) return say(`拖进来 ${files.length} 个文件，这里一次只收一个`);
    give(input, files);
    if (box.matches("form")) box.requestSubmit();
    else sayNames();
  });
}

async function follow(work) {
  const answer = await fetch(work.dataset.state);
  const { line, done, total, running } = await answer.json();
  if (!running) return location.reload();
  work.querySelector(".line").textContent = line;
  if (total) Object.assign(work.querySelector("progress"), { max: total, value: done });
  setTimeout(() => follow(work), MILLISECONDS);
}
